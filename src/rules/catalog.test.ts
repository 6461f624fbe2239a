import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allRules, captureRules, conclusionRules, inputRules } from './catalog.ts'
import { certificates } from './testing/helpers/certificates.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const docs = fileURLToPath(new URL('../../docs/rules/', import.meta.url))
const families = ['chain', 'conclusion', 'connection', 'gateway', 'hygiene', 'identity', 'mtls', 'trust']
const files = families.flatMap((family) =>
  readdirSync(path.join(folder, family)).map((file) => path.join(family, file)),
)
const ruleFiles = files.filter((file) => !file.endsWith('.test.ts') && path.basename(file) !== 'helpers.ts')
const slugOf = (file: string) => path.basename(file, '.ts')

/** Slugs of the vocabulary that no rule has yet. */
const withoutRule: readonly string[] = []

describe('the catalogue', () => {
  it('has every rule file, once, under the slug that is its name', () => {
    const slugs = allRules.map(({ meta }) => meta.slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    expect([...slugs].sort()).toEqual(ruleFiles.map(slugOf).sort())
    for (const file of ruleFiles)
      expect(readFileSync(path.join(folder, file), 'utf8')).toContain(`slug: '${slugOf(file)}'`)
  })

  it('files rules under families that exist', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    )
    expect(folders.sort()).toEqual([...families, 'testing'].sort())
  })

  it('lists each rule under its scope', () => {
    expect(new Set(captureRules.map(({ scope }) => scope))).toEqual(new Set(['capture']))
    expect(new Set(inputRules.map(({ scope }) => scope))).toEqual(new Set(['input']))
    expect(new Set(conclusionRules.map(({ scope }) => scope))).toEqual(new Set(['conclusion']))
  })

  it.each(ruleFiles)('%s has a test that describes it, and a page', (file) => {
    const test = path.join(folder, file.replace(/\.ts$/, '.test.ts'))
    expect(existsSync(test)).toBe(true)
    const text = readFileSync(test, 'utf8')
    expect(text).toContain(`describe('${slugOf(file)}', `)
    expect(text.match(/^ {2}it(?:\.each\(.*\))?\(/gm)?.length ?? 0).toBeGreaterThanOrEqual(4)
    expect(existsSync(path.join(docs, `${slugOf(file)}.md`))).toBe(true)
  })

  it.each(allRules.map(({ meta }) => meta))('$slug says what, why and on what it stands', (meta) => {
    for (const text of [meta.title, meta.why]) expect(text).toMatch(/^[A-Z"].*\.$/s)
    expect(meta.sources.length).toBeGreaterThan(0)
    for (const source of meta.sources) expect(source.trim()).not.toBe('')
    expect(meta.cause || meta.explains.length === 0, 'only a cause explains codes').toBe(true)
  })

  it('covers the vocabulary of core/finding.ts but for what is listed here', () => {
    const vocabulary = readFileSync(path.join(folder, '../core/finding.ts'), 'utf8')
    const union = (name: string) => {
      const body = new RegExp(`export type ${name} =([\\s\\S]*?)\\n\\n`).exec(vocabulary)?.[1] ?? ''
      return [...body.matchAll(/'([a-z-]+)'/g)].map((match) => match[1])
    }
    const causes = union('Cause')
    expect(causes.length).toBeGreaterThan(20)
    const slugs: readonly string[] = [...allRules.map(({ meta }) => meta.slug), ...withoutRule]
    expect([...slugs].sort()).toEqual([...causes, ...union('RuleSlug')].sort())
    for (const { meta } of allRules) expect(meta.cause, meta.slug).toBe(causes.includes(meta.slug))
  })
})

describe('the certificates of the tests', () => {
  it('are all used', () => {
    const tests = [...files, ...readdirSync(folder)]
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n')
    expect(Object.keys(certificates).filter((name) => !tests.includes(`'${name}'`))).toEqual([])
  })

  it('are kept without keys', () => {
    expect(Object.values(certificates).join('')).not.toContain('PRIVATE')
  })
})
