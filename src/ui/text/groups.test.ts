import { describe, expect, it } from 'vitest'
import { fileName, groupBy, pairs } from './groups.ts'

describe('pairs', () => {
  it('groups hexadecimal digits by two, in upper case', () => {
    expect(pairs('0b1c2d')).toBe('0B:1C:2D')
    expect(pairs('')).toBe('')
  })
})

describe('groupBy', () => {
  it('keeps the order of first appearance', () => {
    const groups = groupBy(['f5 a', 'kong a', 'f5 b'], (text) => text.split(' ')[0])
    expect([...groups]).toEqual([
      ['f5', ['f5 a', 'f5 b']],
      ['kong', ['kong a']],
    ])
  })
})

describe('fileName', () => {
  it('makes a name that every file system takes', () => {
    expect(fileName('*.api.example.com', 'pem')).toBe('wildcard.api.example.com.pem')
    expect(fileName('../../etc/Root CA (t) ', 'pem')).toBe('etc-Root-CA-t.pem')
    expect(fileName('証明書', 'pem')).toBe('certificate.pem')
  })
})
