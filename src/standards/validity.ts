/** How long certificates of TLS servers may be valid, by the day they were issued on, as data. */
import { type UnixMs, unixMs } from '../core/brand.ts'

/** A limit that holds for certificates issued from one day on, until the next entry. */
export interface ValidityLimit {
  /** First day of issue, ISO 8601, UTC. */
  readonly since: string
  /** The longest validity; months count by the calendar. */
  readonly most: { readonly days: number } | { readonly months: number }
  readonly source: string
}

const requirements = 'CA/Browser Forum TLS Baseline Requirements, section 6.3.2'
const schedule = `${requirements}, by ballot SC-081v3`

/**
 * Limits for certificates of public CAs, oldest first. Before the first entry limits were longer or had exceptions.
 * Sources: https://cabforum.org/working-groups/server/baseline-requirements/requirements/ section 6.3.2; ballots 193
 * (825 days), SC-31 (398 days) and SC-081v3 (200, 100 and 47 days).
 */
export const publicValidityLimits: readonly ValidityLimit[] = Object.freeze<ValidityLimit[]>([
  { since: '2016-07-01', most: { months: 39 }, source: requirements },
  { since: '2018-03-01', most: { days: 825 }, source: `${requirements}, by ballot 193` },
  { since: '2020-09-01', most: { days: 398 }, source: `${requirements}, by ballot SC-31` },
  { since: '2026-03-15', most: { days: 200 }, source: schedule },
  { since: '2027-03-15', most: { days: 100 }, source: schedule },
  { since: '2029-03-15', most: { days: 47 }, source: schedule },
])

/**
 * What Apple's systems ask of every TLS server certificate, whoever issued it, issued after 2019-07-01.
 * Source: https://support.apple.com/en-us/103769 (formerly HT210176), "Requirements for trusted certificates".
 */
export const appleValidityLimit = Object.freeze({
  since: '2019-07-02',
  days: 825,
  source: 'https://support.apple.com/en-us/103769',
})

const dayMs = 86_400_000
const secondMs = 1000

/**
 * Days of a validity period as the Baseline Requirements count them (sections 1.6.1 and 6.3.2): both ends belong to it, a day has
 * 86,400 seconds, and what is left over is one more day.
 */
export const validityDays = (notBefore: UnixMs, notAfter: UnixMs): number =>
  Math.ceil((notAfter - notBefore + secondMs) / dayMs)

/** The limit that held for public CAs when a certificate was issued; `undefined` before the first one. */
export const publicLimitAt = (issued: UnixMs): ValidityLimit | undefined =>
  publicValidityLimits.findLast(({ since }) => issued >= Date.parse(since))

/** Is a validity period longer than a limit? */
export function exceeds(notBefore: UnixMs, notAfter: UnixMs, { most }: ValidityLimit): boolean {
  return 'days' in most ? validityDays(notBefore, notAfter) > most.days : notAfter > addMonths(notBefore, most.months)
}

/** The same time of day some calendar months later; a day that the month does not have becomes its last one. */
function addMonths(time: UnixMs, months: number): UnixMs {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + months)
  if (date.getUTCDate() !== day) date.setUTCDate(0)
  return unixMs(date.getTime())
}
