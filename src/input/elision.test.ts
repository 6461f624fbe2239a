import { describe, expect, it } from 'vitest'
import { at, read, readOne } from './testing/reading.ts'
import { missingIssuerSteps, sClientRun, sentLeaf } from './testing/s-client.ts'

const capture = sClientRun({ generation: '3.0', chain: [sentLeaf], steps: missingIssuerSteps })
const within = (line: string) => capture.replace('---\nServer certificate', `${line}\n---\nServer certificate`)

describe('elision: a connection that is not shown whole', () => {
  for (const line of [
    '...',
    '\u2026',
    '[...]',
    '[snip]',
    '<snip>',
    '[... snipped ...]',
    '--- 8< ---',
    '[20 lines omitted]',
    '(output truncated)',
    '*** REDACTED ***',
    '-- snip --',
  ]) {
    it(`is cut where it says "${line}"`, () => {
      const text = within(line)
      const found = readOne(text)
      expect(found.cut?.reason).toBe('a part of it was left out')
      expect(at(text, found.cut?.span)).toBe(line)
    })
  }

  for (const line of [
    '---',
    '<html>',
    '[web01]',
    '-----',
    '* * *',
    'read R BLOCK',
    'DONE',
    '}',
    '<center>nginx</center>',
    'closed',
    '***',
    'omitted',
  ]) {
    it(`is whole where it says "${line}"`, () => {
      expect(readOne(within(line)).cut).toBeUndefined()
    })
  }

  it('is whole when the line stands outside of it', () => {
    expect(read(`Hello\n...\n\n${capture}`).captures[0]?.cut).toBeUndefined()
  })
})
