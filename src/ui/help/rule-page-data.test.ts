import { describe, expect, it } from 'vitest'
import { pagesWith } from './rule-page-data.ts'
import pages from './rule-pages.json'

const slugs = (words: string) => pagesWith(words, pages).map(({ slug }) => slug)

describe('the search of the rules', () => {
  it('finds all of them for nothing', () => expect(slugs('  ')).toHaveLength(pages.length))
  it('wants every word, in any case', () => {
    expect(slugs('Root SENT')).toContain('root-included')
    expect(slugs('root sent')).not.toContain('acme-staging')
  })
  it('knows the codes and words of OpenSSL', () => {
    expect(slugs('unable to get local issuer')).toContain('missing-intermediate')
    expect(slugs('62')).toContain('hostname-mismatch')
  })
  it('finds nothing for what there is not', () => expect(slugs('xyzzy')).toEqual([]))
})
