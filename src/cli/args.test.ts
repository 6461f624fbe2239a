import { describe, expect, it } from 'vitest'
import { parseArguments } from './args.ts'

const value = (...words: string[]) => {
  const result = parseArguments(words)
  return result.ok ? result.value : result.error
}

describe('parseArguments', () => {
  it('takes files and options in any order', () => {
    expect(
      value('a.txt', '--json', '--host', 'api.shop.example', '--trust', 'r1.pem', '-', '--trust=r2.pem'),
    ).toMatchObject({
      format: 'json',
      host: 'api.shop.example',
      trust: ['r1.pem', 'r2.pem'],
      files: ['a.txt', '-'],
      publicRoots: true,
    })
  })

  it('reads the instant of judgement as ISO 8601', () => {
    expect(value('--at', '2026-12-01T00:00:00Z')).toMatchObject({ at: Date.UTC(2026, 11, 1) })
    expect(value('--at', 'tomorrow')).toContain('--at needs an instant')
  })

  it('takes what follows -- as files', () => {
    expect(value('--', '--json')).toMatchObject({ format: 'text', files: ['--json'] })
  })

  it.each([
    [['--frobnicate'], 'unknown option --frobnicate'],
    [['--json', '--markdown'], 'exclude each other'],
    [['--purpose', 'mail'], 'server, client or any'],
    [['--host'], '--host needs a name'],
    [['--trust'], '--trust needs a file'],
    [['--each'], '--each needs files'],
    [['--repair', 'a.txt'], 'not supported by this version'],
    [['--link'], 'not supported by this version'],
  ])('answers %j with one line that says what is wrong', (words, message) => {
    expect(value(...words)).toContain(message)
    expect(value(...words)).not.toContain('\n')
  })
})
