/**
 * Fails when a file imports what its folder may not. The tables below are the rules; the code only reads imports.
 * Cycles are Biome's `noImportCycles`; unresolved paths are the compiler's.
 *
 * Usage: node scripts/check-imports.mjs [root]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What each part may import of ours. `types:x` allows `import type` only. A part may always import itself.
 * A part is a folder of src, or a file of it by its name.
 */
const allowed = {
  core: [],
  standards: ['core'],
  input: ['core', 'x509'],
  x509: ['core', 'standards'],
  trust: ['core', 'x509'],
  chain: ['core', 'standards', 'x509', 'trust'],
  rules: ['core', 'standards', 'input', 'x509', 'trust', 'chain'],
  fixes: ['core', 'types:report'],
  report: ['core', 'types:standards', 'types:input', 'types:x509', 'types:trust', 'types:chain', 'types:rules'],
  assemble: ['core', 'standards', 'input', 'x509', 'trust', 'chain', 'rules', 'types:report'],
  share: ['core', 'report'],
  'inspect.ts': ['core', 'standards', 'input', 'x509', 'trust', 'chain', 'rules', 'fixes', 'assemble', 'report'],
  worker: ['core', 'inspect.ts', 'share', 'trust', 'types:report'],
  store: ['core', 'worker', 'report', 'share', 'types:inspect.ts'],
  ui: ['core', 'store', 'report', 'fixes', 'share', 'types:worker'],
  cli: ['core', 'inspect.ts', 'report', 'fixes', 'share', 'trust'],
  'main.tsx': ['ui', 'store'],
}

/** Packages that only some parts may import; every other package is free for all. */
const packages = [
  { name: /^(pkijs|asn1js|@noble\/.*|micro-rsa-dsa-dh)(\/|$)/, parts: ['x509', 'share'] },
  { name: /^(react|react-dom|@codemirror\/.*)(\/|$)/, parts: ['ui', 'store', 'main.tsx'] },
  { name: /^zustand(\/|$)/, parts: ['store', 'ui'] },
  { name: /^node:/, parts: ['cli'] },
]

/** Files of src/rules that belong to the runner: rules are listed there, and do not know of it. */
const runnerFiles = new Set(['catalog.ts', 'verdict.ts', 'runner.ts', 'run.ts'])

const isTest = (file) => /\.test\.tsx?$/.test(file)

/**
 * Reads the imports of a source file: static, re-exports, dynamic, and `new URL('./x', import.meta.url)`.
 * Relies on static imports starting a line, as the formatter leaves them.
 */
export function importsOf(source) {
  const found = []
  const lineAt = (index) => source.slice(0, index).split('\n').length
  const add = (match, specifier, typeOnly) => found.push({ specifier, typeOnly, line: lineAt(match.index) })
  for (const match of source.matchAll(/^(?:import|export)\s+(type\s+)?([^'"`;()]*?)\s*from\s*['"]([^'"\n]+)['"]/gm)) {
    const named = /^\{([^}]*)\}$/.exec(match[2].trim())
    const names = named?.[1]
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
    add(match, match[3], Boolean(match[1]) || Boolean(names?.length && names.every((name) => name.startsWith('type '))))
  }
  for (const match of source.matchAll(/^import\s*['"]([^'"\n]+)['"]/gm)) add(match, match[1], false)
  for (const match of source.matchAll(/^(?!\s*(?:\*|\/\/)).*?\bimport\(\s*['"]([^'"\n]+)['"]/gm))
    add(match, match[1], false)
  for (const match of source.matchAll(/new\s+URL\(\s*['"](\.[^'"\n]+)['"]\s*,\s*import\.meta\.url/g))
    add(match, match[1], false)
  return found
}

/** The part of the table a path below src belongs to. */
const partOf = (file) => {
  const [first, ...rest] = file.split('/')
  return rest.length > 0 || first in allowed ? first : undefined
}

/** Why `file` may not import `target` (both relative to src), or undefined. */
export function objection(file, target, typeOnly) {
  if (isTest(target)) return 'a test file is never imported'
  if (target === '../package.json') return undefined
  if (target.startsWith('../')) return 'src imports nothing outside src but package.json'
  const from = partOf(file)
  const to = partOf(target)
  if (from === undefined || to === undefined) return undefined
  if (from !== to) {
    const list = allowed[from]
    if (!list) return `src/${from} is not in the table of scripts/check-imports.mjs`
    if (list.includes(to) || (typeOnly && list.includes(`types:${to}`))) return undefined
    return list.includes(`types:${to}`) ? `${from} may import only types of ${to}` : `${from} may not import ${to}`
  }
  return from === 'rules' ? ruleObjection(file, target) : undefined
}

/** A rule may import the shared files beside the families and `helpers`, never another rule or the runner. */
function ruleObjection(file, target) {
  const inFamily = file.split('/').length > 2
  if (!inFamily) return undefined
  const name = target.split('/').at(-1)
  const shared = target.split('/').length === 2 || target.split('/').includes('helpers')
  if (shared && runnerFiles.has(name)) return 'a rule does not know the catalogue or the runner'
  return shared || name === 'helpers.ts' ? undefined : 'a rule never imports a sibling rule'
}

function packageObjection(file, specifier) {
  const rule = packages.find(({ name }) => name.test(specifier))
  const part = partOf(file)
  return rule && part && !rule.parts.includes(part) ? `${part} may not import the package ${specifier}` : undefined
}

/** All objections below `root`/src, as `path:line: reason`. */
export function check(root) {
  const src = path.join(root, 'src')
  if (!existsSync(src)) return []
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
  return files.flatMap((file) =>
    importsOf(readFileSync(path.join(src, file), 'utf8')).flatMap(({ specifier, typeOnly, line }) => {
      const relative = specifier.startsWith('.')
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, '')))
      if (isTest(file) && !(relative && isTest(target))) return []
      const reason = relative ? objection(file, target, typeOnly) : packageObjection(file, specifier)
      return reason ? [`src/${file}:${line}: ${reason} (${specifier})`] : []
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = check(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)))
  for (const problem of problems) console.error(problem)
  console.log(problems.length === 0 ? 'imports: ok' : `imports: ${problems.length} not allowed`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
