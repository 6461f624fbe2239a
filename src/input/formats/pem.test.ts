import { describe, expect, it } from 'vitest'
import { readDocument } from '../read.ts'

const block = (letter: string) =>
  `-----BEGIN CERTIFICATE-----\nMIIB${letter.repeat(60)}\n${letter.repeat(64)}\n-----END CERTIFICATE-----`
const sizes = (text: string) => readDocument({ name: 'paste', text }, 0).captures.map(({ blocks }) => blocks.length)

describe('a bundle of PEM blocks', () => {
  it('is one capture when nothing but names and comments stands between them', () => {
    expect(sizes(`${block('A')}\n\n# the issuer\nsubject=CN = B\n${block('B')}`)).toEqual([2])
    expect(sizes(`A root\n======\n${block('A')}\n\nB root\n======\n${block('B')}`)).toEqual([2])
  })

  it('ends where another key of YAML, JSON or an environment file begins', () => {
    expect(sizes(`ca.crt: |\n  ${block('A')}\ntls.crt: |\n  ${block('B')}\n  ${block('C')}`)).toEqual([1, 2])
    const json = (text: string) => JSON.stringify(text)
    expect(sizes(`{"a": ${json(block('A'))}, "b": ${json(`${block('B')}\n${block('C')}`)}}`)).toEqual([1, 2])
    expect(sizes(`A="${block('A')}"\nB="${block('B')}"`)).toEqual([1, 1])
  })

  it('ends where prose announces the next', () => {
    expect(sizes(`This is the server certificate:\n${block('A')}\nand this its issuer:\n${block('B')}`)).toEqual([1, 1])
  })

  it('is one capture for each JSON Web Key, key of metadata, element and row of a table', () => {
    const list = (...letters: string[]) =>
      `"x5c": [${letters.map((letter) => JSON.stringify(block(letter))).join(', ')}]`
    expect(sizes(`{"keys":[{${list('A', 'B')}},{${list('C')}}]}`)).toEqual([2, 1])
    const data = (...letters: string[]) =>
      `<KeyInfo><X509Data>${letters.map((letter) => `<X509Certificate>${block(letter)}</X509Certificate>`).join('\n')}</X509Data></KeyInfo>`
    expect(sizes(`<a>${data('A', 'B')}\n${data('C')}</a>`)).toEqual([2, 1])
    expect(sizes(`<ca>\n${block('A')}\n</ca>\n<cert>\n${block('B')}\n</cert>`)).toEqual([1, 1])
    expect(sizes(`host,cert\na.example,"${block('A')}"\nb.example,"${block('B')}"\n`)).toEqual([1, 1])
    expect(
      sizes(`[\n  "${block('A').replaceAll('\n', '\\n')}",\n  "${block('B').replaceAll('\n', '\\n')}"\n]`),
    ).toEqual([2])
  })
})
