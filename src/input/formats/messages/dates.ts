/** Dates as runtimes print them in messages. */
import { type UnixMs, unixMs } from '../../../core/brand.ts'
import { parseOpensslDate } from '../../printed.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Hours that zone abbreviations of `java.util.Date.toString` stand for; others are ambiguous and leave the date unread. */
const zones: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['WET', 0],
  ['CET', 1],
  ['CEST', 2],
  ['EET', 2],
  ['EEST', 3],
  ['JST', 9],
  ['EST', -5],
  ['EDT', -4],
  ['CDT', -5],
  ['MST', -7],
  ['MDT', -6],
  ['PST', -8],
  ['PDT', -7],
])

/** Reads `Tue Apr 01 00:00:00 UTC 2025` (Java), `2025-04-01T00:00:00Z` (Go), `Apr  1 00:00:00 2025 GMT` (OpenSSL, Node). */
export function parseMessageDate(text: string): UnixMs | undefined {
  const trimmed = text.trim()
  const java = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,5}) (\d{4})/.exec(trimmed)
  if (java) {
    const month = months.indexOf((java[1] as string).toLowerCase())
    const hours = zones.get(java[6] as string)
    if (month === -1 || hours === undefined) return undefined
    return valid(
      Date.UTC(Number(java[7]), month, Number(java[2]), Number(java[3]) - hours, Number(java[4]), Number(java[5])),
    )
  }
  const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z| UTC|[+-]\d\d:\d\d)?/.exec(trimmed)
  if (iso) {
    const [day, time = ''] = iso[0].replace(' UTC', 'Z').replace(' ', 'T').split('T')
    return valid(Date.parse(`${day}T${/[Z+-]/.test(time) ? time : `${time}Z`}`))
  }
  return parseOpensslDate(trimmed)
}

const valid = (time: number): UnixMs | undefined => (Number.isNaN(time) ? undefined : unixMs(time))
