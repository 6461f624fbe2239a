/**
 * Finds a Chromium-family browser for the browser tests, and installs one when there is none.
 * Usage: node scripts/browser.mjs prints what would be used, as JSON on its last line.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))

/** No traffic of the browser's own, so that every request seen is the page's. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

const isRoot = process.getuid?.() === 0

/** @returns {string[]} flags to start a browser with; as root Chromium only runs without its sandbox. */
export const browserArgs = () => (isRoot ? ['--no-sandbox', ...quiet] : quiet)

/** Names looked for on PATH. */
const commands = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
]

/** Usual places of installed browsers, by platform. */
function installedPaths() {
  if (process.platform === 'darwin') {
    const apps = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'Chromium.app/Contents/MacOS/Chromium',
      'Brave Browser.app/Contents/MacOS/Brave Browser',
    ]
    return ['/Applications', path.join(os.homedir(), 'Applications')].flatMap((dir) =>
      apps.map((app) => path.join(dir, app)),
    )
  }
  if (process.platform === 'win32') {
    const dirs = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].filter(Boolean)
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return dirs.flatMap((dir) => programs.map((program) => path.join(dir, program)))
  }
  return [
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ]
}

/** Every file on PATH that carries one of the names. */
function onPath() {
  const dirs = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return commands.flatMap((name) => dirs.map((dir) => path.join(dir, name + suffix)))
}

/** Browsers that Playwright has downloaded, its own revision first; headless shells serve as well. */
function playwrightPaths() {
  const own = chromium.executablePath()
  const cache = path.resolve(own, '../../..')
  if (!existsSync(cache)) return [own]
  const shells = readdirSync(cache)
    .filter((name) => name.startsWith('chromium_headless_shell-'))
    .flatMap((name) =>
      readdirSync(path.join(cache, name)).flatMap((inner) =>
        ['headless_shell', 'chrome-headless-shell', 'chrome-headless-shell.exe'].map((file) =>
          path.join(cache, name, inner, file),
        ),
      ),
    )
  return [own, ...shells]
}

/** A file that exists and starts: a download without its system libraries, or a snap stub, does not. */
function works(file) {
  if (!existsSync(file)) return false
  if (process.platform === 'win32') return true
  const flags = isRoot ? ['--no-sandbox', '--version'] : ['--version']
  return spawnSync(file, flags, { stdio: 'ignore', timeout: 20_000 }).status === 0
}

function run(command, args, timeout) {
  console.log(`browser: running ${command} ${args.join(' ')}`)
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', timeout })
  return result.status === 0
}

const playwrightCli = (...args) =>
  run(process.execPath, [path.join(root, 'node_modules/@playwright/test/cli.js'), ...args], 300_000)

/** Each way in the order it is tried: what it is, and how it yields files to look at. */
const ways = [
  { what: 'installed by Playwright', files: playwrightPaths },
  { what: 'installed on this machine', files: () => [...onPath(), ...installedPaths()] },
  {
    what: 'downloaded by Playwright',
    files: () => {
      if (!playwrightCli('install', 'chromium')) return []
      const found = playwrightPaths()
      if (isRoot && !found.some(works)) playwrightCli('install-deps', 'chromium')
      return found
    },
  },
  {
    what: 'installed by apt-get',
    files: () => {
      if (!isRoot || !existsSync('/usr/bin/apt-get')) return []
      const done = run('apt-get', ['update'], 300_000) && run('apt-get', ['install', '-y', 'chromium'], 600_000)
      return done ? onPath() : []
    },
  },
]

/**
 * Finds or installs a browser, and says on standard output which.
 * @returns {{executablePath: string, args: string[]}}
 * @throws {Error} when every way failed, with what the reader can do
 */
export function findBrowser() {
  const chosen = process.env.WEAKLINK_BROWSER
  if (chosen) {
    if (!works(chosen)) throw new Error(`WEAKLINK_BROWSER is ${chosen}, which does not exist or does not start`)
    console.log(`browser: ${chosen} (WEAKLINK_BROWSER)`)
    return { executablePath: chosen, args: browserArgs() }
  }
  for (const { what, files } of ways) {
    const executablePath = files().find(works)
    if (!executablePath) continue
    console.log(`browser: ${executablePath} (${what})`)
    return { executablePath, args: browserArgs() }
  }
  throw new Error('no Chromium-family browser was found or could be installed: set WEAKLINK_BROWSER to the path of one')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(findBrowser()))
  } catch (error) {
    console.error(`browser: ${error.message}`)
    process.exitCode = 1
  }
}
