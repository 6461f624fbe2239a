import { describe, expect, it } from 'vitest'
import { cranePem, slipPem, slipRequest } from '../../input/testing/keystores.ts'
import { requestPem } from '../../input/testing/pki.ts'
import { judge } from '../testing/helpers/judge.ts'
import { certificateRequest as rule } from './certificate-request.ts'

const der = (pem: string): Uint8Array => Uint8Array.from(Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64'))

describe('certificate-request', () => {
  it('says of a request whom it is for and what its key is', async () => {
    const judged = await judge(rule, slipRequest)
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'certain',
      title: 'This is a certificate request for "slip.boatyard.example" (Boatyard), not a certificate.',
    })
    expect(judged.explanation).toContain('Its key is EC P-256.')
    expect(judged.explanation).toContain('A CA makes a certificate of it')
    expect(judged.quotes).toEqual([slipRequest.trimEnd()])
  })

  it('finds the certificate that has the key of the request', async () => {
    const judged = await judge(rule, slipRequest + cranePem + slipPem)
    expect(judged.explanation).toContain(
      'The certificate "slip.boatyard.example" (Boatyard) of this input has the same key.',
    )
    expect(judged.certificate).toMatch(/^[0-9a-f]{64}$/)
  })

  it('says when no certificate of the input has its key', async () => {
    expect((await judge(rule, slipRequest + cranePem)).explanation).toContain(
      'The certificate of this input has another key.',
    )
  })

  it('reads one that is a DER file, and one under the older label', async () => {
    for (const documents of [
      [{ name: 'slip.csr', bytes: der(slipRequest) }],
      [{ name: 'slip.csr', text: slipRequest.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST') }],
    ])
      expect(await judge(rule, documents)).toMatchObject({ kind: 'fail', findings: 1 })
  })

  it('tells of each of several', async () => {
    expect(await judge(rule, slipRequest + requestPem)).toMatchObject({ findings: 2 })
  })

  it('is not applicable to certificates, and to a request that is cut off', async () => {
    for (const paste of [slipPem, slipRequest.slice(0, 300)])
      expect(await judge(rule, paste)).toMatchObject({ kind: 'not-applicable' })
  })
})
