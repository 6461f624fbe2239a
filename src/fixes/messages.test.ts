import { describe, expect, it } from 'vitest'
import { message, messagesFor, type Team, teamOf } from './messages.ts'
import { rules } from './testing/every.ts'
import { hostileNames, reportOf, type Story } from './testing/reports.ts'

const of = (story: Story) => {
  const { finding, report } = reportOf(story)
  return messagesFor(finding, report)
}

describe('messagesFor', () => {
  it('tells the proxy team to exempt the host, and how to see that it did', () => {
    const [text] = of({ rule: 'interception-proxy', owner: 'proxy-team' })
    expect(text?.label).toBe('Text for the proxy team')
    expect(text?.text).toContain('Exempt api.shop.example:443 from TLS inspection')
    expect(text?.text).toContain('two legs')
    expect(text?.text).toContain('openssl s_client -connect api.shop.example:443 -servername api.shop.example')
    expect(text?.text).not.toContain('-CAfile')
  })

  it('gives the F5 team commands for its product, with the evidence', () => {
    const [text] = of({ hop: 'f5', title: 'The server does not send "Shop Issuing CA 1".' })
    expect(text?.label).toBe('Text for the F5 team')
    expect(text?.subject).toBe('TLS at api.shop.example:443: The server does not send "Shop Issuing CA 1".')
    for (const part of [
      'What is wrong',
      'What shows it',
      'verify error:num=20',
      'What to do',
      'tmsh modify ltm profile client-ssl',
      'How to verify',
      '-verify_return_error',
    ])
      expect(text?.text).toContain(part)
  })

  it('gives the Kong team its own, and everybody else the general steps', () => {
    expect(of({ hop: 'kong' })[0]?.text).toContain('<ADMIN_URL>/certificates/')
    expect(of({ hop: 'upstream' })[0]).toMatchObject({ team: 'server', label: 'Text for the application owner' })
  })

  it('goes to the CA, the client side or the network when they have to act', () => {
    const { report, finding } = reportOf({})
    const teams = (['ca', 'client', 'network-team', 'proxy-team'] as const).map((owner) =>
      teamOf({ ...finding, owner }, report),
    )
    expect(teams).toEqual(['ca', 'client', 'network', 'proxy'])
  })

  it('says nothing when nobody has to act, or whoever reads it', () => {
    expect([of({ owner: 'nobody' }), of({ owner: 'reporter' }), of({ severity: 'info' })]).toEqual([[], [], []])
  })

  it('carries the warning of an advice to trust', () => {
    expect(of({ rule: 'private-ca', owner: 'client', tool: 'java' })[0]?.text).toContain('Note: Whatever this CA signs')
  })
})

describe('message', () => {
  const teams: readonly Team[] = ['proxy', 'f5', 'kong', 'cloudflare', 'server', 'ca', 'client', 'network']

  it('can be made for every team and every rule, in plain text', () => {
    for (const rule of rules)
      for (const team of teams) {
        const { finding, report } = reportOf({ rule })
        const { text, subject, label } = message(team, finding, report)
        expect(text, `${rule} ${team}`).toMatch(
          /^What is wrong\n[\s\S]+\nWhat to do\n1\. [\s\S]+\nHow to verify\n {4}\S/,
        )
        expect(`${subject}${label}`, `${rule} ${team}`).not.toContain('\n')
        expect(text, `${rule} ${team}`).not.toMatch(/undefined|\[object/)
      }
  })

  it('writes unseen characters visibly, and adds no line of its own making', () => {
    for (const name of hostileNames) {
      const { finding, report } = reportOf({
        host: name,
        root: name,
        intermediate: name,
        names: [name],
        title: `At ${name}`,
        quote: name,
      })
      const { text, subject } = message('server', finding, report)
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      expect(subject).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
    }
  })
})
