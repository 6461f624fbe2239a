import { describe, expect, it } from 'vitest'
import { count, dateAndDistance, distance, grouped, minuteOf } from './dates.ts'

const from = '2026-11-24T15:54:00Z'

describe('distance', () => {
  it('counts whole days ahead and back', () => {
    expect(distance('2027-01-24T15:54:00Z', from)).toBe('in 61 days')
    expect(distance('2026-11-21T15:53:00Z', from)).toBe('3 days ago')
  })

  it('counts hours under two days, and does not say zero', () => {
    expect(distance('2026-11-26T15:53:00Z', from)).toBe('in 47 hours')
    expect(distance('2026-11-24T16:54:00Z', from)).toBe('in 1 hour')
    expect(distance('2026-11-24T15:55:00Z', from)).toBe('in under an hour')
    expect(distance('2026-11-24T15:53:00Z', from)).toBe('under an hour ago')
  })

  it('counts years above two', () => {
    expect(distance('2028-11-23T15:54:00Z', from)).toBe('in 730 days')
    expect(distance('2035-06-04T11:04:38Z', from)).toBe('in 8 years')
    expect(distance('2016-11-24T15:54:00Z', from)).toBe('9 years ago')
  })

  it('says nothing of a time it cannot read', () => {
    expect(distance('never', from)).toBe('')
    expect(dateAndDistance('99991231235959Z', from)).toBe('9999123123')
  })
})

describe('dates', () => {
  it('shows date and distance together', () => {
    expect(dateAndDistance('2027-01-24T15:54:00Z', from)).toBe('2027-01-24, in 61 days')
  })

  it('shows minutes in UTC', () => {
    expect(minuteOf(from)).toBe('2026-11-24 15:54 UTC')
  })
})

describe('counts', () => {
  it('takes the plural for all but one', () => {
    expect(count(1, 'line')).toBe('1 line')
    expect(count(0, 'line')).toBe('0 lines')
    expect(count(1204, 'line')).toBe('1,204 lines')
  })

  it('groups digits by three', () => {
    expect(grouped(999)).toBe('999')
    expect(grouped(12345678)).toBe('12,345,678')
  })
})
