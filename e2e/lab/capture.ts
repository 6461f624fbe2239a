/** Runs real tools and returns what a terminal would have shown. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const exec = promisify(execFile)

export interface SClientOptions {
  /** Arguments after `s_client`. */
  readonly args: readonly string[]
  /** `null`: `</dev/null`. `wait`: kept open for a second, so that TLS 1.3 session tickets are shown. */
  readonly stdin?: 'null' | 'wait'
  /** Starts with the prompt and the command line, as when a terminal is copied. */
  readonly prompt?: boolean
  /** Shown instead of `127.0.0.1:PORT` in the prompt line, as `api.shop.example:443`. */
  readonly shownAs?: string
  /** What follows the command, as `2>/dev/null | head -20`. Without a redirection errors stay in the output. */
  readonly pipe?: string
  readonly environment?: Readonly<Record<string, string>>
}

const quote = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** Runs a shell line and returns both outputs in the order they came; the exit status does not matter. */
export async function shell(line: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = { env: { ...process.env, LC_ALL: 'C', ...environment }, timeout: 20_000, maxBuffer: 16_000_000 }
  try {
    return (await exec('sh', ['-c', line], options)).stdout
  } catch (error) {
    const { stdout, killed } = error as { stdout?: string; killed?: boolean }
    if (killed || stdout === undefined) throw error
    return stdout
  }
}

/** Runs `openssl s_client`. Both outputs share one pipe, so they interleave as in a terminal. */
export async function sClient(options: SClientOptions): Promise<string> {
  const { args, stdin = 'null', prompt = true, shownAs, pipe, environment } = options
  const command = `openssl s_client ${args.map(quote).join(' ')}`
  const input = stdin === 'null' ? `${command} </dev/null` : `sleep 1 | ${command}`
  const output = await shell(`{ ${input}${pipe ? ` ${pipe}` : ''}; } 2>&1`, environment)
  if (!prompt) return output
  const shown = shownAs === undefined ? command : command.replace(/127\.0\.0\.1:\d+/, shownAs)
  return `$ ${shown} </dev/null${pipe ? ` ${pipe}` : ''}\n${output}`
}
