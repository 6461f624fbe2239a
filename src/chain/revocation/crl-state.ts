/** What can be said of a CRL by itself: its form, its dates, and whether a delta CRL updates it. */
import { type Oid, type UnixMs, unixMs } from '../../core/brand.ts'
import { extensionNames } from '../../standards/oids.ts'
import type { Crl } from '../../x509/crl-model.ts'
import { sameBytes } from '../../x509/hex.ts'
import { shortName } from '../../x509/name.ts'
import { instant } from '../checks/check.ts'
import type { Objection, ObjectionCode } from './model.ts'

/** Extensions of a CRL that are acted on, so that they may be critical (RFC 5280 section 5.2). */
const handled: ReadonlySet<string> = new Set(['2.5.29.20', '2.5.29.27', '2.5.29.28', '2.5.29.35'])

const issuingPoint = '2.5.29.28'
const authorityKeyId = '2.5.29.35'

/** Extensions without which it is not known what the CRL is; a broken one makes it useless. */
const decisive: ReadonlySet<string> = new Set(['2.5.29.27', issuingPoint])

/** What to call a CRL in a sentence, at its start. */
export function crlCalled(crl: Crl): string {
  const kind = crl.baseCrlNumber === undefined ? 'CRL' : 'delta CRL'
  const number = crl.crlNumber === undefined ? '' : ` number ${crl.crlNumber}`
  return `The ${kind}${number} of "${shortName(crl.issuer)}"`
}

/** Makes an objection to a CRL. @param rest the sentence after the CRL's name, without the full stop */
export const objectTo = (crl: Crl, code: ObjectionCode, rest: string): Objection => ({
  code,
  message: `${crlCalled(crl)} ${rest}.`,
  source: crl.sha256,
})

/** What makes a CRL useless whoever signed it; RFC 5280 sections 5.1.1.2, 5.2 and 5.3. */
export function defectOf(crl: Crl): Objection | undefined {
  const broken = crl.extensions.find(
    ({ oid, critical, error }) => error !== undefined && (critical || decisive.has(oid)),
  )
  if (broken !== undefined) {
    return objectTo(crl, 'malformed', `has the extension ${broken.name}, of which no use can be made: ${broken.error}`)
  }
  const unknown = crl.extensions.find(({ oid, critical }) => critical && !handled.has(oid))
  if (unknown !== undefined) {
    return objectTo(
      crl,
      'critical-extension',
      `has the critical extension ${label(unknown.oid)}, which is not understood`,
    )
  }
  const [inEntry] = crl.unknownCriticalInEntries
  if (inEntry !== undefined) {
    const rest = `has an entry with the critical extension ${label(inEntry)}, which is not understood`
    return objectTo(crl, 'critical-extension', rest)
  }
  if (!sameBytes(crl.signatureAlgorithm.der, crl.tbsSignatureAlgorithm.der)) {
    const rest = `is signed with ${crl.signatureAlgorithm.name} but says ${crl.tbsSignatureAlgorithm.name} in its signed part`
    return objectTo(crl, 'malformed', rest)
  }
  return undefined
}

const label = (oid: Oid): string => (extensionNames[oid] === undefined ? oid : `${extensionNames[oid]} (${oid})`)

/** Is it in force? Both dates belong to the period, to the whole second. */
export function untimely(crl: Crl, at: UnixMs): Objection | undefined {
  const second = Math.floor(at / 1000) * 1000
  const now = instant(unixMs(second))
  if (second < crl.thisUpdate) {
    return objectTo(crl, 'not-yet-valid', `is from ${instant(crl.thisUpdate)}, after the instant judged, ${now}`)
  }
  if (crl.nextUpdate !== undefined && second > crl.nextUpdate) {
    const rest = `is out of date: a newer one was due on ${instant(crl.nextUpdate)}, and it is judged at ${now}`
    return objectTo(crl, 'stale', rest)
  }
  return undefined
}

/**
 * Does a delta CRL update a complete CRL? Same issuer, same scope, same key, and numbers that join:
 * RFC 5280 sections 5.2.4 and 6.3.3 (c).
 */
export function updates(delta: Crl, complete: Crl): boolean {
  if (delta.baseCrlNumber === undefined || delta.crlNumber === undefined || complete.crlNumber === undefined)
    return false
  return (
    delta.issuer.key === complete.issuer.key &&
    delta.baseCrlNumber <= complete.crlNumber &&
    complete.crlNumber < delta.crlNumber &&
    sameExtension(delta, complete, issuingPoint) &&
    sameExtension(delta, complete, authorityKeyId)
  )
}

function sameExtension(a: Crl, b: Crl, type: string): boolean {
  const [one, other] = [a, b].map(({ extensions }) => extensions.find(({ oid }) => oid === type)?.value)
  return one === undefined || other === undefined ? one === other : sameBytes(one, other)
}

/** Newest first. */
export const newestFirst = (a: Crl, b: Crl): number =>
  b.thisUpdate - a.thisUpdate || compare(b.crlNumber ?? 0n, a.crlNumber ?? 0n)

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
