/** The command line, built as `npm run build` builds it. */
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the command into a directory and returns its path. */
export function buildCommand(directory: string): string {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const build = ['build', '--config', 'vite.cli.config.ts', '--outDir', directory, '--logLevel', 'warn']
  execFileSync(process.execPath, [vite, ...build], { cwd: root, stdio: 'pipe' })
  return path.join(directory, 'weaklink.mjs')
}
