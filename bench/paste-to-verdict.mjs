/**
 * Measures, in a real browser and on the built page, how long it takes from a paste to the verdict on screen.
 * Usage: npm run build && node bench/paste-to-verdict.mjs [FILE] [--runs N]   (without FILE: a capture made on the spot)
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { preview } from 'vite'
import { findBrowser } from '../scripts/browser.mjs'

const words = process.argv.slice(2)
const at = words.indexOf('--runs')
const runs = at === -1 ? 20 : Number(words[at + 1])
const file = words.find((word, index) => !word.startsWith('--') && index !== at + 1)

/** A capture of a three-certificate chain, as `openssl s_client -showcerts` prints it. */
async function capture() {
  const directory = mkdtempSync(path.join(tmpdir(), 'weaklink-bench-'))
  const openssl = (...args) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' })
  const ca = 'basicConstraints=critical,CA:TRUE'
  const key = (name) => [
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
    '-days',
    '90',
  ]
  openssl('req', '-x509', ...key('root'), '-subj', '/O=Bench/CN=Bench Root', '-addext', ca)
  const signed = (by) => ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]
  openssl('req', '-x509', ...key('issuing'), ...signed('root'), '-subj', '/O=Bench/CN=Bench Issuing CA', '-addext', ca)
  const san = ['-addext', 'subjectAltName=DNS:api.bench.example', '-addext', 'basicConstraints=CA:FALSE']
  openssl('req', '-x509', ...key('leaf'), ...signed('issuing'), '-subj', '/CN=api.bench.example', ...san)
  execFileSync('sh', ['-c', 'cat issuing.pem root.pem > chain.pem'], { cwd: directory })
  const port = await freePort()
  const args = [
    's_server',
    '-accept',
    String(port),
    '-cert',
    'leaf.pem',
    '-key',
    'leaf.key',
    '-cert_chain',
    'chain.pem',
    '-quiet',
  ]
  const server = spawn('openssl', args, { cwd: directory, stdio: 'ignore' })
  await new Promise((resolve) => setTimeout(resolve, 500))
  const command = `openssl s_client -connect 127.0.0.1:${port} -servername api.bench.example -showcerts`
  const text = execFileSync('sh', ['-c', `${command} </dev/null 2>&1`], { cwd: directory, encoding: 'utf8' })
  server.kill()
  rmSync(directory, { recursive: true, force: true })
  return `$ ${command} </dev/null\n${text}`
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

const text = file ? readFileSync(file, 'utf8') : await capture()
const server = await preview({ logLevel: 'warn', preview: { host: 'localhost', port: await freePort() } })
const browser = await chromium.launch(findBrowser())
const page = await browser.newPage()
await page.goto(server.resolvedUrls.local[0])
await page.locator('.cm-content[data-testid="paste"]').waitFor()

/** Pastes and resolves with the milliseconds until a verdict stands in the document and was painted. */
const measure = (content) =>
  page.evaluate(async (pasted) => {
    const editor = document.querySelector('[data-testid="paste"]')
    const started = performance.now()
    const shown = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('[data-testid="verdict"][data-status]')) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)))
      })
      observer.observe(document.body, { subtree: true, childList: true, attributes: true })
    })
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    return shown
  }, content)

const times = []
for (let run = 0; run < runs; run++) {
  times.push(await measure(text))
  await page.getByTestId('clear').first().click()
  await page.locator('[data-testid="verdict"][data-status]').waitFor({ state: 'detached' })
}
await browser.close()
await server.close()

const [first, ...rest] = times
rest.sort((a, b) => a - b)
const middle = rest[Math.floor(rest.length / 2)]
console.log(`paste of ${text.length} characters to verdict on screen, ${runs} runs`)
console.log(
  `first ${first.toFixed(0)} ms, median of the others ${middle.toFixed(0)} ms, worst ${rest.at(-1).toFixed(0)} ms`,
)
process.exit(0)
