import { describe, expect, it } from 'vitest'
import { parseNameText } from '../x509/name.ts'
import { arrangeByNames, orderOf } from './paper.ts'
import { fake, fakeCa, keyIds } from './testing/fake.ts'

const entry = (subject: string, issuer: string) => ({ subject: parseNameText(subject), issuer: parseNameText(issuer) })

const leaf = entry('CN=leaf', 'CN=Int')
const int = entry('CN=Int', 'CN=Root')
const root = entry('CN=Root', 'CN=Root')

describe('arrangeByNames', () => {
  it('keeps a chain that was sent in order', () => {
    const chain = arrangeByNames([leaf, int, root])
    expect(chain).toMatchObject({
      ladder: [leaf, int, root],
      inOrder: true,
      extras: [],
      alternatives: [],
      duplicates: [],
    })
    expect(chain).not.toHaveProperty('missingIssuer')
  })

  it('orders a chain that was sent the other way round', () => {
    expect(arrangeByNames([root, int, leaf])).toMatchObject({ ladder: [leaf, int, root], inOrder: false })
    expect(arrangeByNames([leaf, root, int])).toMatchObject({ ladder: [leaf, int, root], inOrder: false })
  })

  it('names the first issuer that is missing', () => {
    expect(arrangeByNames([leaf]).missingIssuer?.key).toBe(int.subject.key)
    expect(arrangeByNames([leaf, int]).missingIssuer?.key).toBe(root.subject.key)
  })

  it('sees a gap: what is beyond it is no part of the ladder', () => {
    const chain = arrangeByNames([leaf, root])
    expect(chain).toMatchObject({ ladder: [leaf], extras: [root], inOrder: true })
    expect(chain.missingIssuer?.key).toBe(int.subject.key)
  })

  it('tells extras, repetitions and alternatives apart', () => {
    const stranger = entry('CN=Stranger', 'CN=Elsewhere')
    const cross = entry('CN=Root', 'CN=Older')
    const chain = arrangeByNames([leaf, int, int, stranger, root, cross])
    expect(chain.ladder).toEqual([leaf, int, root])
    expect(chain.extras).toEqual([stranger])
    expect(chain.alternatives).toEqual([cross])
    expect(chain.duplicates).toEqual([int])
    expect(chain.inOrder).toBe(true)
  })

  it('links names that were printed in different orders', () => {
    const printed = entry('CN=leaf', 'C=NL, O=Lab, CN=Int')
    const reversed = entry('CN=Int, O=Lab, C=NL', 'CN=Root')
    expect(arrangeByNames([printed, reversed]).ladder).toEqual([printed, reversed])
  })

  it('takes a lone self-signed entry for the leaf, and none for no entries', () => {
    expect(arrangeByNames([root])).toMatchObject({ ladder: [root], inOrder: true })
    expect(arrangeByNames([])).toMatchObject({ ladder: [], inOrder: true })
  })

  it('passes over a self-signed stranger sent first when it looks for the leaf', () => {
    const stranger = entry('CN=Stranger', 'CN=Stranger')
    expect(arrangeByNames([stranger, leaf, int])).toMatchObject({
      ladder: [leaf, int],
      extras: [stranger],
      inOrder: false,
    })
  })

  it('ends on names that issue each other', () => {
    const a = entry('CN=A', 'CN=B')
    const b = entry('CN=B', 'CN=A')
    expect(arrangeByNames([a, b]).ladder).toEqual([a, b])
    expect(arrangeByNames([a, b])).not.toHaveProperty('missingIssuer')
  })

  it('orders a line of 20,000 entries', () => {
    const line = Array.from({ length: 20_000 }, (_, at) => entry(`CN=L${at}`, `CN=L${at + 1}`))
    const chain = arrangeByNames([...line].reverse())
    expect(chain.ladder).toHaveLength(20_000)
    expect(chain.ladder[0]).toBe(line[0])
  })
})

describe('orderOf', () => {
  const server = fake({ subject: 'leaf', issuer: 'Int', ...keyIds('leaf', 'Int') })
  const right = fakeCa({ subject: 'Int', issuer: 'Root', ...keyIds('Int', 'Root') })
  const namesake = fakeCa({ subject: 'Int', issuer: 'Root', key: 'other', ...keyIds('other', 'Root') })
  const anchor = fakeCa({ subject: 'Root', ...keyIds('Root') })

  it('accepts leaf, intermediate, root', () => {
    expect(orderOf([server, right, anchor])).toMatchObject({ inOrder: true, expectedOrder: [server, right, anchor] })
  })

  it('gives the order a chain should have been sent in', () => {
    expect(orderOf([server, anchor, right])).toMatchObject({ inOrder: false, expectedOrder: [server, right, anchor] })
  })

  it('picks the issuer by key identifier among namesakes', () => {
    expect(orderOf([server, namesake, right])).toMatchObject({
      inOrder: true,
      expectedOrder: [server, right],
      alternatives: [namesake],
    })
  })

  it('counts the same certificate once', () => {
    expect(orderOf([server, server, right])).toMatchObject({ duplicates: [server], inOrder: true })
  })

  it('prefers a certificate that is no CA as the leaf', () => {
    const lonelyCa = fakeCa({ subject: 'Lonely', issuer: 'Elsewhere' })
    expect(orderOf([lonelyCa, server, right])).toMatchObject({ expectedOrder: [server, right], extras: [lonelyCa] })
  })
})
