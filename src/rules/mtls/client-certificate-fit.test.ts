import { describe, expect, it } from 'vitest'
import { type Facts, judgeMade, made, madeFile } from '../testing/helpers/made.ts'
import { clientCertificateFit as rule } from './client-certificate-fit.ts'

const facts: Facts = {
  host: 'shop.example',
  program: 's_client',
  sent: ['publicShop', 'r12'],
  version: 'TLSv1.3',
  requested: 'yes',
  accepts: ['C=GB, O=Example Retail, CN=Example Retail Issuing CA 2'],
}
const root = ['C=GB, O=Example Retail, CN=Example Retail Root CA'] as const
type Names = Parameters<typeof madeFile> extends [string, number, ...infer Rest] ? Rest : never

const judge = (more: Facts, ...names: Names) =>
  judgeMade(rule, [made({ ...facts, ...more }), madeFile('till.pem', 1, ...names)])

describe('client-certificate-fit', () => {
  it('accepts one that leads to a CA that the server names', async () => {
    const judged = await judge({}, 'client')
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'info',
      confidence: 'certain',
      title:
        'The client certificate "till 17" (Example Retail) in till.pem fits what the server at shop.example:443 asks for.',
    })
    expect(judged.quotes).toEqual(['certificate client', facts.accepts?.[0]])
  })

  it('compares names as RFC 5280 does, whatever their order and case', async () => {
    const accepts = ['CN=EXAMPLE RETAIL  Issuing CA 2,O=Example Retail,C=GB']
    expect(await judge({ accepts }, 'client')).toMatchObject({ severity: 'info', confidence: 'certain' })
  })

  it('asks for the intermediate where the server names the root alone', async () => {
    const input = [
      made({ ...facts, accepts: root }),
      madeFile('till.pem', 1, 'client'),
      madeFile('ca.pem', 2, 'issuing'),
    ]
    const judged = await judgeMade(rule, input)
    expect(judged).toMatchObject({
      severity: 'warning',
      confidence: 'certain',
      title:
        'The client certificate "till 17" (Example Retail) in till.pem has to be sent with "Example Retail Issuing CA 2" (Example Retail), which its file does not hold.',
      nextCommand: expect.stringContaining('-cert_chain'),
    })
    const whole = await judge({ accepts: root }, 'client', 'issuing')
    expect(whole).toMatchObject({ severity: 'info', confidence: 'certain' })
    expect(whole.explanation).toContain('sends only the first certificate')
    expect((await judge({ accepts: root, program: 'curl' }, 'client', 'issuing')).explanation).not.toContain(
      'only the first',
    )
  })

  it('lists each reason against it', async () => {
    const more = { accepts: ['CN=Other CA'], algorithms: ['RSA+SHA256', 'rsa_pss_rsae_sha256'] }
    const input = [made({ ...facts, ...more }), madeFile('till.pem', 1, 'otherSite', 'issuing', 'root')]
    const judged = await judgeMade(rule, input, { now: '2028-01-01T00:00:00Z' })
    expect(judged).toMatchObject({ kind: 'fail', severity: 'warning', confidence: 'certain', owner: 'client' })
    expect(judged.title).toContain('for 4 reasons')
    expect(judged.explanation).toContain('It expired on 2027-09-01')
    expect(judged.explanation).toContain('does not include clientAuth: it is a server certificate.')
    expect(judged.explanation).toContain('takes no signature of its key (EC P-256)')
    expect(judged.explanation).toContain('ends at "Example Retail Root CA" (Example Retail)')
  })

  it('leaves open what the CA above would have to tell', async () => {
    const judged = await judge({ accepts: ['CN=Other CA'] }, 'client')
    expect(judged).toMatchObject({ severity: 'info', confidence: 'hint' })
    expect(judged.explanation).toContain('cannot be told, for its certificate is not in the input')
    const silent = await judge({ accepts: [] }, 'client')
    expect(silent.explanation).toContain('The server names no CA')
    const { accepts: _, ...unseen } = facts
    const input = [made(unseen), madeFile('till.pem', 1, 'client')]
    expect(await judgeMade(rule, input)).toMatchObject({ kind: 'unknown' })
  })

  it('takes one that is not for servers only, and never the certificate of the server', async () => {
    expect(await judge({ sent: ['shop', 'issuing'] }, 'shop')).toMatchObject({ kind: 'not-applicable' })
    expect(await judge({ requested: 'unknown', accepts: root }, 'otherSite')).toMatchObject({ kind: 'not-applicable' })
    const named = await judge({ cert: '/etc/ssl/till.pem', alert: 48 }, 'otherSite')
    expect(named.explanation).toContain('it is a server certificate')
  })

  it('does not apply where none was asked for, or none is in the input', async () => {
    expect(await judge({ requested: 'no' }, 'client')).toMatchObject({ kind: 'not-applicable' })
    expect(await judgeMade(rule, facts)).toMatchObject({ kind: 'not-applicable' })
    expect(await judgeMade(rule, [madeFile('till.pem', 0, 'client')])).toMatchObject({ kind: 'not-applicable' })
  })
})
