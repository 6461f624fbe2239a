import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { available, yamlValue } from '../../e2e/fixes/tools.ts'
import type { Fix, FixLanguage } from '../core/finding.ts'
import { allFixes } from './fixes.ts'
import { everyFix, rules, shellTexts, stories } from './testing/every.ts'
import { hostileNames, reportOf } from './testing/reports.ts'

const fixes = everyFix()
const blocks = (language: FixLanguage): string[] => [
  ...new Set(fixes.filter((fix) => fix.language === language).flatMap(({ command }) => command ?? [])),
]
const shellBlocks = [...new Set(fixes.flatMap(shellTexts))]

/** As a reader fills in: every placeholder gets a word. */
const filled = (text: string): string =>
  text.replace(/<([A-Z][A-Z0-9_]*)>/g, (_, name: string) => `filled-${name.toLowerCase()}`)

let directory: string
const at = (name: string) => path.join(directory, name)

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'weaklink-fixes-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const run = (program: string, args: readonly string[], input?: string) =>
  spawnSync(program, args, { cwd: directory, encoding: 'utf8', ...(input === undefined ? {} : { input }) })

describe('shell blocks', () => {
  it('are read by sh, as they are and filled in', () => {
    const functions = shellBlocks.flatMap((text, index) => [
      `a${index}() {\n${text}\n}`,
      `b${index}() {\n${filled(text)}\n}`,
    ])
    const { status, stderr } = run('sh', ['-n'], functions.join('\n'))
    expect([status, stderr]).toEqual([0, ''])
  })

  it.skipIf(!available('shellcheck'))('have nothing that shellcheck warns of', { timeout: 120_000 }, () => {
    const functions = shellBlocks.map((text, index) => `block_${index}() {\n${filled(text)}\n}`)
    writeFileSync(at('blocks.sh'), `#!/bin/sh\n${functions.join('\n')}\n`)
    // SC2317, SC2329: functions that nobody calls, which is the form of this test. SC1083: the braces of tmsh are words.
    const { stdout } = run('shellcheck', [
      '-s',
      'sh',
      '-S',
      'warning',
      '-e',
      'SC2317,SC2329,SC1083',
      '-f',
      'gcc',
      'blocks.sh',
    ])
    expect(stdout).toBe('')
  })
})

describe('configuration and code', () => {
  it.skipIf(yamlValue === undefined)('YAML is read by a parser, as it is and filled in', () => {
    const texts = blocks('yaml').flatMap((text) => [text, filled(text)])
    const read = yamlValue?.(texts.join('\n---\n')) as unknown[]
    expect(read.length).toBe(texts.length)
    for (const [index, value] of read.entries()) expect(value, texts[index]).toEqual(expect.any(Object))
  })

  it('JSON in commands is JSON', () => {
    const bodies = shellBlocks.flatMap((text) =>
      [...text.matchAll(/--data '(\{.*?\})'/g)].map((match) => match[1] ?? ''),
    )
    expect(bodies.length).toBeGreaterThan(0)
    for (const body of bodies) expect(JSON.parse(body), body).toEqual(expect.any(Object))
  })

  it.skipIf(!available('python3'))('XML is well-formed when filled in', () => {
    const program =
      'import json, sys, xml.dom.minidom as m\nfor text in json.load(sys.stdin): m.parseString(text.encode())'
    const { status, stderr } = run('python3', ['-c', program], JSON.stringify(blocks('xml').map(filled)))
    expect([status, stderr]).toEqual([0, ''])
  })

  it('JavaScript is read by Node.js', () => {
    for (const [index, text] of blocks('javascript').entries()) {
      writeFileSync(at(`block-${index}.mjs`), text)
      const { status, stderr } = run(process.execPath, ['--check', `block-${index}.mjs`])
      expect([status, stderr], text).toEqual([0, ''])
    }
    const inline = shellBlocks.flatMap((text) =>
      [...text.matchAll(/node -e '((?:[^']|'\\'')*)'/g)].map((match) => match[1] ?? ''),
    )
    expect(inline.length).toBeGreaterThan(0)
    for (const program of inline) expect(() => new Function(program.replaceAll("'\\''", "'"))).not.toThrow()
  })

  it.skipIf(!available('python3'))('Python is compiled', () => {
    const program = 'import json, sys\nfor text in json.load(sys.stdin): compile(text, "block", "exec")'
    const { status, stderr } = run('python3', ['-c', program], JSON.stringify(blocks('python')))
    expect([status, stderr]).toEqual([0, ''])
  })

  it.skipIf(!available('gofmt', '-h') && !available('go', 'version'))('Go is formatted', () => {
    for (const text of blocks('go')) {
      const { status, stderr } = run(
        'gofmt',
        ['-l', '-e'],
        `package main\n\nfunc main() {\n${text.replace(/^(?=.)/gm, '\t')}\n}\n`,
      )
      expect([status, stderr], text).toEqual([0, ''])
    }
  })

  it('braces, brackets and quotes of the other languages are balanced', () => {
    for (const language of ['java', 'csharp', 'nginx', 'apache', 'haproxy'] as const)
      for (const text of blocks(language)) {
        const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/\/\/.*$/gm, '')
        for (const [open, close] of ['()', '{}', '[]'])
          expect(bare.split(open ?? '').length, text).toBe(bare.split(close ?? '').length)
      }
  })
})

describe('hostile names', () => {
  const hostileFixes = (name: string, values: Parameters<typeof reportOf>[0] = {}): Fix[] =>
    rules.flatMap((rule) => {
      const { finding, report } = reportOf({
        rule,
        ...values,
        host: name,
        root: name,
        intermediate: name,
        url: name,
        names: [name],
      })
      return [...allFixes(finding, report)]
    })

  it('stay inside their words when a shell runs the blocks', { timeout: 120_000 }, () => {
    // No program can be found, so that only what the shell itself does can leave a trace.
    const escapes = [
      '$(: >canary)',
      '`: >canary`',
      "'; : >canary; '",
      '"; : >canary; "',
      '\n: >canary\n',
      ';: >canary;',
      '>canary',
      '& : >canary &',
      `$\{x:=$(: >canary)}`,
    ]
    for (const name of escapes) {
      const texts = [
        ...new Set(
          [{}, { command: `openssl s_client -connect ${name} -proxy ${name}` }].flatMap((more) =>
            hostileFixes(name, more).flatMap(shellTexts),
          ),
        ),
      ]
      const program = texts.map((text) => `(\n${text}\n)`).join('\n')
      spawnSync('/bin/sh', [], {
        cwd: directory,
        input: program,
        env: { PATH: '/nonexistent', HOME: directory },
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      expect(readdirSync(directory), name).not.toContain('canary')
    }
  })

  it('leave shell and YAML readable', { timeout: 120_000 }, () => {
    const found = hostileNames.flatMap((name) => hostileFixes(name))
    const functions = [...new Set(found.flatMap(shellTexts))].map((text, index) => `a${index}() {\n${text}\n}`)
    const { status, stderr } = run('sh', ['-n'], functions.join('\n'))
    expect([status, stderr]).toEqual([0, ''])
    const yaml = [...new Set(found.filter(({ language }) => language === 'yaml').map(({ command }) => command))]
    yamlValue?.(yaml.join('\n---\n'))
  })

  it('of hosts become the placeholder, for no such host exists', () => {
    for (const name of hostileNames.filter(({ length }) => length > 3)) {
      const config = hostileFixes(name).filter(({ language }) => language !== undefined)
      expect(
        config.filter(({ command = '' }) => command.includes(name)).map(({ title }) => title),
        name,
      ).toEqual([])
    }
  })
})

describe('the stories of these tests', () => {
  it('differ in what they lead to', () => {
    for (const story of stories) expect(everyFix([story]).length).toBeGreaterThan(300)
  })
})
