/**
 * How far each name is from a trust anchor, by names alone: the compass of the path search. Linear in the pool.
 */
import type { Certificate } from '../x509/model.ts'
import type { Pool } from './pool.ts'

/** Least number of certificates above one with this issuer, the anchor included; `undefined`: no anchor by any way. */
export type AnchorDistance = (issuerNameKey: string) => number | undefined

/**
 * Walks up from the leaf over issuer names, then down again from every name that an anchor bears.
 * No signature is looked at, so the distance is a lower bound.
 */
export function anchorDistances(leaf: Certificate, pool: Pool): AnchorDistance {
  const issuedNames = new Map<string, string[]>()
  const anchored: string[] = []
  const seen = new Set([leaf.issuer.key])
  const names = [leaf.issuer.key]
  const asking = new Map<string, Certificate>([[leaf.issuer.key, leaf]])
  for (const name of names) {
    const bearers = pool.bySubject(name)
    const child = asking.get(name)
    const roots = child === undefined ? [] : pool.rootsFor(child)
    if (
      roots.some((root) => root.certificate.subject.key === name) ||
      bearers.some((entry) => entry.trustedBy !== undefined)
    )
      anchored.push(name)
    const issuers = new Set(bearers.map((entry) => entry.certificate.issuer.key))
    for (const issuer of issuers) {
      const issued = issuedNames.get(issuer)
      if (issued === undefined) issuedNames.set(issuer, [name])
      else issued.push(name)
    }
    for (const { certificate } of bearers) {
      if (seen.has(certificate.issuer.key)) continue
      seen.add(certificate.issuer.key)
      names.push(certificate.issuer.key)
      asking.set(certificate.issuer.key, certificate)
    }
  }
  const distance = new Map<string, number>(anchored.map((name) => [name, 1]))
  const queue = [...anchored]
  for (const name of queue) {
    const next = (distance.get(name) ?? 0) + 1
    for (const below of issuedNames.get(name) ?? []) {
      if (distance.has(below)) continue
      distance.set(below, next)
      queue.push(below)
    }
  }
  return (issuerNameKey) => distance.get(issuerNameKey)
}
