import { describe, expect, it } from 'vitest'
import { parseNameText } from '../x509/name.ts'
import { sClient, toShop } from './testing/helpers/capture.ts'
import { contextOf } from './testing/helpers/judge.ts'
import { quoted, shellWord, showChainCommand, shown } from './words.ts'

async function commandFor(command: string): Promise<string> {
  const [capture] = (await contextOf(sClient({ command, sent: ['shop'] }))).captures
  return capture ? showChainCommand(capture) : ''
}

describe('shared wording', () => {
  it('names a certificate by its short name and its organisation', () => {
    expect(quoted(parseNameText("C = US, O = Let's Encrypt, CN = R12"))).toBe('"R12" (Let\'s Encrypt)')
    expect(quoted(parseNameText('CN = R12'))).toBe('"R12"')
    expect(quoted(parseNameText('CN = \u202e'))).toBe('"(empty name)"')
  })

  it('shows values from a paste on one line, without what could hide or turn text', () => {
    expect(shown('a\n\nb\u202ec\u0000d')).toBe('a b c d')
    expect(shown('x'.repeat(300))).toHaveLength(103)
  })

  it('makes one word of anything for the shell', () => {
    expect(shellWord('shop.example:443')).toBe('shop.example:443')
    expect(shellWord("a'; reboot")).toBe(`'a'\\''; reboot'`)
  })

  it('repeats the command with all that leads to the same server, and never with credentials', async () => {
    expect(await commandFor('-connect mail.shop.example:25 -starttls smtp')).toBe(
      'openssl s_client -connect mail.shop.example:25 -servername mail.shop.example -starttls smtp -showcerts </dev/null',
    )
    expect(await commandFor(`-proxy alice:hunter2@proxy.corp.example:8080 ${toShop}`)).toBe(
      'openssl s_client -connect shop.example:443 -servername shop.example -proxy proxy.corp.example:8080 -showcerts </dev/null',
    )
  })

  it('asks for the name where only an address is known', async () => {
    expect(await commandFor('-connect 10.1.2.3:443')).toContain('-servername HOST')
  })
})
