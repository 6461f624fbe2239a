import { describe, expect, it } from 'vitest'
import { unixMs } from '../core/brand.ts'
import { exceeds, publicLimitAt, publicValidityLimits, validityDays } from './validity.ts'

const at = (text: string) => unixMs(Date.parse(text))
const days = (from: string, to: string) => validityDays(at(from), at(to))

describe('validityDays', () => {
  it('counts both ends, so that whole days end a second early', () => {
    expect(days('2026-01-01T00:00:00Z', '2026-01-01T23:59:59Z')).toBe(1)
    expect(days('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).toBe(2)
    expect(days('2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(1)
  })

  it('rounds what is left over up to one more day', () => {
    expect(days('2026-01-01T12:00:00Z', '2026-07-20T11:59:59Z')).toBe(200)
    expect(days('2026-01-01T12:00:00Z', '2026-07-20T12:00:00Z')).toBe(201)
  })
})

describe('the limits of public CAs', () => {
  it.each([
    ['2016-06-30T23:59:59Z', undefined],
    ['2016-07-01T00:00:00Z', { months: 39 }],
    ['2018-02-28T23:59:59Z', { months: 39 }],
    ['2018-03-01T00:00:00Z', { days: 825 }],
    ['2020-08-31T23:59:59Z', { days: 825 }],
    ['2020-09-01T00:00:00Z', { days: 398 }],
    ['2026-03-14T23:59:59Z', { days: 398 }],
    ['2026-03-15T00:00:00Z', { days: 200 }],
    ['2027-03-15T00:00:00Z', { days: 100 }],
    ['2029-03-15T00:00:00Z', { days: 47 }],
    ['2040-01-01T00:00:00Z', { days: 47 }],
  ])('hold from the day they begin: %s', (issued, most) => {
    expect(publicLimitAt(at(issued))?.most).toEqual(most)
  })

  it('are in the order of their days, each shorter than the one before', () => {
    const inDays = publicValidityLimits.map(({ most }) => ('days' in most ? most.days : most.months * 31))
    expect(inDays).toEqual([...inDays].sort((a, b) => b - a))
    const begins = publicValidityLimits.map(({ since }) => since)
    expect(begins).toEqual([...begins].sort())
  })

  it('count months by the calendar', () => {
    const limit = { since: '2016-07-01', most: { months: 39 }, source: '' }
    const over = (from: string, to: string) => exceeds(at(from), at(to), limit)
    expect(over('2017-01-15T00:00:00Z', '2020-04-15T00:00:00Z')).toBe(false)
    expect(over('2017-01-15T00:00:00Z', '2020-04-15T00:00:01Z')).toBe(true)
    expect(over('2016-08-31T00:00:00Z', '2019-11-30T00:00:00Z')).toBe(false)
    expect(over('2016-08-31T00:00:00Z', '2019-12-01T00:00:00Z')).toBe(true)
  })

  it('are reached and not passed by exactly so many days', () => {
    const limit = { since: '2026-03-15', most: { days: 200 }, source: '' }
    const from = at('2026-04-01T00:00:00Z')
    expect(exceeds(from, unixMs(from + 200 * 86_400_000 - 1000), limit)).toBe(false)
    expect(exceeds(from, unixMs(from + 200 * 86_400_000), limit)).toBe(true)
  })
})
