/**
 * Writes docs/rules: a page per rule of the catalogue and an index.
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

const pages = await render()
mkdirSync(folder, { recursive: true })
const strangers = readdirSync(folder).filter((file) => !pages.has(file))
const stale = [...pages].filter(([file, text]) => contentOf(file) !== text)

if (checkOnly) {
  for (const [file] of stale) console.error(`docs/rules/${file}: stale; run node scripts/rule-docs.mjs`)
  for (const file of strangers) console.error(`docs/rules/${file}: no rule has this page`)
  process.exitCode = stale.length + strangers.length === 0 ? 0 : 1
} else {
  for (const [file, text] of stale) writeFileSync(path.join(folder, file), text)
  for (const file of strangers) rmSync(path.join(folder, file))
}
console.log(`rule docs: ${pages.size} pages, ${stale.length} stale, ${strangers.length} without a rule`)

function contentOf(file) {
  const full = path.join(folder, file)
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined
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
    const { ruleDocs } = await server.ssrLoadModule('/src/rules/docs.ts')
    return ruleDocs()
  } finally {
    await server.close()
  }
}
