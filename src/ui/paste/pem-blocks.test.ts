import { describe, expect, it } from 'vitest'
import { pemBlocks } from './pem-blocks.ts'

const block = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'

describe('pemBlocks', () => {
  it('finds a block and counts its lines', () => {
    const text = `before\n${block}\nafter`
    expect(pemBlocks(text.split('\n'))).toEqual([{ from: 7, to: 7 + block.length, kind: 'certificate', lines: 3 }])
  })

  it('finds a block behind quote marks', () => {
    const text = block.replace(/^/gm, '> ')
    expect(pemBlocks(text.split('\n'))).toEqual([{ from: 2, to: text.length, kind: 'certificate', lines: 3 }])
  })

  it('leaves a block without an end, and starts again at the next beginning', () => {
    const text = `-----BEGIN RSA PRIVATE KEY-----\nMIIE\n${block}`
    expect(pemBlocks(text.split('\n')).map(({ kind }) => kind)).toEqual(['certificate'])
    expect(pemBlocks('-----BEGIN CERTIFICATE-----\nMIIB'.split('\n'))).toEqual([])
  })

  it('counts offsets from where its lines start', () => {
    expect(pemBlocks(block.split('\n'), 100)[0]?.from).toBe(100)
  })
})
