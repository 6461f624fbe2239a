import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { advice } from '../fixes/jobs.ts'
import { ruleDocs, rulePagesJson } from './docs.ts'

const folder = new URL('../../docs/rules/', import.meta.url)

describe('the pages of the rules', () => {
  it('are as the catalogue has them; else run node scripts/rule-docs.mjs', () => {
    const pages = ruleDocs(advice)
    for (const [file, text] of pages) expect(readFileSync(new URL(file, folder), 'utf8'), file).toBe(text)
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  })

  it('are in the app as well', () => {
    const file = new URL('../ui/help/rule-pages.json', import.meta.url)
    expect(readFileSync(file, 'utf8')).toBe(rulePagesJson(advice))
  })

  it('say what fails, what passes, what to do and what it rests on', () => {
    for (const { slug, fails, passes, fixes, remark, sources, example } of JSON.parse(rulePagesJson(advice))) {
      expect(`${fails} ${passes}`, slug).toMatch(/^[A-Z].*\. [A-Z].*\.$/s)
      expect(fixes.length > 0 || remark !== '', slug).toBe(true)
      expect(sources.length, slug).toBeGreaterThan(0)
      expect(example, slug).not.toContain('\n')
    }
  })

  it('name every verification code that a rule explains', () => {
    for (const [file, text] of ruleDocs(advice)) expect(text, file).not.toContain('see openssl-verification-options')
  })
})
