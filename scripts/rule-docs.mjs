/**
 * Writes docs/rules, a page per rule of the catalogue and an index, and the same pages as data of the app.
 *
 * Usage: node scripts/rule-docs.mjs [--check]
 * With --check nothing is written, and a page that is missing, stale or of no rule fails the run.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = path.join(root, 'docs', 'rules')
const checkOnly = process.argv.includes('--check')

const appFile = 'src/ui/help/rule-pages.json'

const { pages, json } = await render()
mkdirSync(folder, { recursive: true })
mkdirSync(path.join(root, path.dirname(appFile)), { recursive: true })
const strangers = readdirSync(folder).filter((file) => !pages.has(file))
const stale = [...pages].filter(([file, text]) => contentOf(path.join(folder, file)) !== text)
const appIsStale = contentOf(path.join(root, appFile)) !== json

if (checkOnly) {
  for (const [file] of stale) console.error(`docs/rules/${file}: stale; run node scripts/rule-docs.mjs`)
  for (const file of strangers) console.error(`docs/rules/${file}: no rule has this page`)
  if (appIsStale) console.error(`${appFile}: stale; run node scripts/rule-docs.mjs`)
  process.exitCode = stale.length + strangers.length === 0 && !appIsStale ? 0 : 1
} else {
  for (const [file, text] of stale) writeFileSync(path.join(folder, file), text)
  for (const file of strangers) rmSync(path.join(folder, file))
  writeFileSync(path.join(root, appFile), json)
}
console.log(`rule docs: ${pages.size} pages, ${stale.length} stale, ${strangers.length} without a rule`)

function contentOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** The pages as the catalogue has them; the TypeScript is read by Vite. */
async function render() {
  const server = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    const { ruleDocs, rulePagesJson } = await server.ssrLoadModule('/src/rules/docs.ts')
    const { advice } = await server.ssrLoadModule('/src/fixes/jobs.ts')
    return { pages: ruleDocs(advice), json: rulePagesJson(advice) }
  } finally {
    await server.close()
  }
}
