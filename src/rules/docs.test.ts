import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleDocs } from './docs.ts'

const folder = new URL('../../docs/rules/', import.meta.url)

describe('the pages of the rules', () => {
  it('are as the catalogue has them; else run node scripts/rule-docs.mjs', () => {
    const pages = ruleDocs()
    for (const [file, text] of pages) expect(readFileSync(new URL(file, folder), 'utf8'), file).toBe(text)
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  })

  it('name every verification code that a rule explains', () => {
    for (const [file, text] of ruleDocs()) expect(text, file).not.toContain('see openssl-verification-options')
  })
})
