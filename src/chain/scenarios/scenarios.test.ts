import { webcrypto } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createVerifier } from '../../x509/crypto.ts'
import { families } from './families.ts'
import { judge } from './judge.ts'
import { derOf, labelsOf, readFamily, type Scenario } from './read.ts'

const folder = join(import.meta.dirname, 'data')
const files = readdirSync(folder).sort()

describe('the scenarios of path building', () => {
  it('have a data file for each family and no other', () => {
    expect(files).toEqual(Object.keys(families).map((name) => `${name}.txt`))
  })

  it('have titles of their own, and no private key', () => {
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'))
    const titles = texts.map((text) => readFamily(text).scenarios.map(({ title }) => title))
    for (const family of titles) expect(new Set(family).size).toBe(family.length)
    expect(texts.join().includes('PRIVATE KEY')).toBe(false)
  })
})

describe.each(files)('scenarios of %s', (file) => {
  const { scenarios, certificates } = readFamily(readFileSync(join(folder, file), 'utf8'))
  const ders = new Map([...certificates].map(([label, pem]) => [label, derOf(pem)]))

  it('refer to every certificate of the file, and to no other', () => {
    const referred = new Set(scenarios.flatMap(labelsOf))
    expect([...referred].sort()).toEqual([...certificates.keys()].sort())
  })

  async function check(scenario: Scenario): Promise<void> {
    const { paths, hosts } = scenario
    const plain = await judge(scenario, ders, createVerifier())
    expect({ paths: plain.paths, hosts: plain.hosts }).toEqual({ paths, hosts })
    const subtle = webcrypto.subtle
    expect(await judge(scenario, ders, createVerifier({ subtle }))).toEqual(plain)
  }

  it.each(scenarios.map((one) => [one.title, one] as const))('%s', (_, scenario) => check(scenario))
})
