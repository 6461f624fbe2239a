/** Programs that some tests use when they are there, and what they say. */
import { spawnSync } from 'node:child_process'

export function available(program: string, ...args: readonly string[]): boolean {
  const { status, error } = spawnSync(program, args.length > 0 ? args : ['--version'], { stdio: 'ignore' })
  return error === undefined && status === 0
}

const withYaml = available('python3', '-c', 'import yaml')

/** Reads YAML with the parser of Python; absent when there is none. Throws what the parser says. */
export const yamlValue = withYaml
  ? (source: string): unknown => {
      const program = 'import json, sys, yaml\nprint(json.dumps(list(yaml.safe_load_all(sys.stdin.buffer.read()))))'
      const { status, stdout, stderr } = spawnSync('python3', ['-c', program], { input: source, encoding: 'utf8' })
      if (status !== 0) throw new Error(`${stderr.trim().split('\n').slice(-6).join('\n')}\n${source}`)
      const documents = JSON.parse(stdout) as unknown[]
      return documents.length === 1 ? documents[0] : documents
    }
  : undefined

if (!withYaml) console.warn('fixes: YAML is not parsed, it needs python3 with PyYAML')
