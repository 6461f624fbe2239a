import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import * as pkijs from 'pkijs'
import { describe, expect, it } from 'vitest'
import { createVerifier } from './crypto.ts'
import { decodeCertificate, serialAsPrinted } from './decode.ts'
import { parseNameText } from './name.ts'

const roots = rootCertificates.map((pem) => {
  const node = new X509Certificate(pem)
  const result = decodeCertificate(node.raw)
  if (!result.ok) throw new Error(result.error.message)
  return { node, ours: result.value }
})

describe('the public roots that Node ships', () => {
  it('decode to what Node says of them', () => {
    expect(roots.length).toBeGreaterThan(100)
    for (const { node, ours } of roots) {
      expect(ours.sha256).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase())
      expect(ours.sha1).toBe(node.fingerprint.replaceAll(':', '').toLowerCase())
      expect(serialAsPrinted(ours.serial)).toBe(node.serialNumber.padStart(2, '0'))
      expect(ours.notBefore).toBe(Date.parse(node.validFrom))
      expect(ours.notAfter).toBe(Date.parse(node.validTo))
      expect(parseNameText(node.subject)).toEqual(ours.subject)
      expect(parseNameText(node.issuer)).toEqual(ours.issuer)
      expect(ours.isCa).toBe(node.ca)
      expect(ours.publicKey.bits).toBe(
        node.publicKey.asymmetricKeyDetails?.modulusLength ??
          { prime256v1: 256, secp384r1: 384 }[node.publicKey.asymmetricKeyDetails?.namedCurve ?? ''],
      )
    }
  })

  it('have the extensions that pkijs finds in them, all decodable', () => {
    for (const { ours } of roots) {
      const theirs = pkijs.Certificate.fromBER(Uint8Array.from(ours.der))
      expect(ours.extensions.map(({ oid, critical }) => [oid, critical])).toEqual(
        (theirs.extensions ?? []).map(({ extnID, critical }) => [extnID, critical]),
      )
      expect(ours.extensions.filter(({ error }) => error !== undefined)).toEqual([])
      expect(ours.signature).toEqual(theirs.signatureValue.valueBlock.valueHexView)
      expect(ours.tbs).toEqual(theirs.tbsView)
    }
  })

  it('are signed by themselves, by WebCrypto and without it', async () => {
    for (const options of [{ subtle: crypto.subtle }, {}]) {
      const verifier = createVerifier(options)
      const statuses = await Promise.all(roots.map(({ ours }) => verifier.verify(ours, ours)))
      expect(statuses.filter((status) => status !== 'valid')).toEqual([])
    }
  })
})
