/** Dates as an engineer reads them: the date, and how far off it is. All in UTC. */

const day = 86_400_000

/** `2027-01-24` of an ISO 8601 time. */
export function dateOf(iso: string): string {
  return iso.slice(0, 10)
}

/** `2026-11-24 15:54 UTC` of an ISO 8601 time. */
export function minuteOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}

/**
 * How far `iso` lies from `from`, as `in 61 days`, `3 hours ago`, `in 9 years`.
 * Days up to two years, because expiry is planned in days.
 */
export function distance(iso: string, from: string): string {
  const difference = Date.parse(iso) - Date.parse(from)
  if (Number.isNaN(difference)) return ''
  const size = Math.abs(difference)
  const words =
    size < 3_600_000
      ? 'under an hour'
      : size < 2 * day
        ? count(Math.floor(size / 3_600_000), 'hour')
        : size < 731 * day
          ? count(Math.floor(size / day), 'day')
          : count(Math.floor(size / (365.25 * day)), 'year')
  return difference >= 0 ? `in ${words}` : `${words} ago`
}

/** `2027-01-24, in 61 days`. */
export function dateAndDistance(iso: string, from: string): string {
  const words = distance(iso, from)
  return words === '' ? dateOf(iso) : `${dateOf(iso)}, ${words}`
}

/** `1 day`, `2 days`, `1,204 days`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`
}

/** `12,345`. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}
