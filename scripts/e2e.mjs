/**
 * Runs the browser tests on the built page (built first when it is not there) and ends with one plain line,
 * `e2e: N passed, N failed`. Usage: npm run e2e -- [Playwright's arguments]
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const resultFile = path.join(root, 'test-results', 'e2e.json')

/** A port nobody listens on at this moment. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

function runTests(browser, port) {
  rmSync(resultFile, { force: true })
  mkdirSync(path.dirname(resultFile), { recursive: true })
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js')
  const { status } = spawnSync(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      WEAKLINK_E2E_BROWSER: JSON.stringify(browser),
      WEAKLINK_E2E_PORT: String(port),
      PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile,
    },
  })
  if (!existsSync(resultFile)) return { passed: 0, failed: 0, skipped: 0, status: status || 1 }
  const { stats, errors } = JSON.parse(readFileSync(resultFile, 'utf8'))
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed, skipped: stats.skipped, status: failed || errors.length ? 1 : (status ?? 1) }
}

let outcome = { passed: 0, failed: 0, skipped: 0, status: 1 }
try {
  const browser = findBrowser()
  if (!existsSync(path.join(root, 'dist/index.html'))) {
    const { build } = await import('vite')
    await build({ root, logLevel: 'warn' })
  }
  outcome = runTests(browser, await freePort())
} catch (error) {
  console.error(`e2e: ${error.message}`)
}
if (outcome.skipped > 0) console.log(`e2e: ${outcome.skipped} skipped`)
console.log(`e2e: ${outcome.passed} passed, ${outcome.failed} failed`)
process.exitCode = outcome.status
