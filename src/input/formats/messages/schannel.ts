/**
 * Errors of Windows by number: HRESULTs of Schannel and of its chain engine, WinINet and WinHTTP codes, Schannel events.
 * Source: Microsoft winerror.h, wininet.h; the System log's Schannel events. Texts are localised, so the number decides.
 */
import type { MessagePattern, MessageTable, Proof } from './pattern.ts'

/** Number, symbol, what it proves. */
const results: readonly (readonly [value: number, symbol: string, proof: Proof])[] = [
  [0x80090322, 'SEC_E_WRONG_PRINCIPAL', { code: 62 }],
  [0x80090325, 'SEC_E_UNTRUSTED_ROOT', { code: 20 }],
  [0x80090327, 'SEC_E_CERT_UNKNOWN', { failure: 'verify-failed' }],
  [0x80090328, 'SEC_E_CERT_EXPIRED', { code: 10 }],
  [0x80090331, 'SEC_E_ALGORITHM_MISMATCH', { failure: 'protocol' }],
  [0x80090349, 'SEC_E_CERT_WRONG_USAGE', { code: 26 }],
  [0x80090326, 'SEC_E_ILLEGAL_MESSAGE', { failure: 'other' }],
  [0x80090308, 'SEC_E_INVALID_TOKEN', { failure: 'other' }],
  [0x80090304, 'SEC_E_INTERNAL_ERROR', { failure: 'other' }],
  [0x8009030e, 'SEC_E_NO_CREDENTIALS', { failure: 'other' }],
  [0x80092010, 'CRYPT_E_REVOKED', { code: 23 }],
  [0x80092012, 'CRYPT_E_NO_REVOCATION_CHECK', { code: 3 }],
  [0x80092013, 'CRYPT_E_REVOCATION_OFFLINE', { code: 3 }],
  [0x800b0101, 'CERT_E_EXPIRED', { code: 10 }],
  [0x800b0109, 'CERT_E_UNTRUSTEDROOT', { code: 19 }],
  [0x800b010a, 'CERT_E_CHAINING', { code: 20 }],
  [0x800b010c, 'CERT_E_REVOKED', { code: 23 }],
  [0x800b010e, 'CERT_E_REVOCATION_FAILURE', { code: 3 }],
  [0x800b010f, 'CERT_E_CN_NO_MATCH', { code: 62 }],
  [0x800b0110, 'CERT_E_WRONG_USAGE', { code: 26 }],
  [0x800b0112, 'CERT_E_UNTRUSTEDCA', { code: 20 }],
  [0x80072f05, 'ERROR_INTERNET_SEC_CERT_DATE_INVALID', { code: 10 }],
  [0x80072f06, 'ERROR_INTERNET_SEC_CERT_CN_INVALID', { code: 62 }],
  [0x80072f0c, 'ERROR_INTERNET_CLIENT_AUTH_CERT_NEEDED', { failure: 'other', requested: 'yes' }],
  [0x80072f0d, 'ERROR_INTERNET_INVALID_CA', { code: 20 }],
  [0x80072f8f, 'ERROR_WINHTTP_SECURE_FAILURE', { failure: 'verify-failed' }],
  [0x80072ee2, 'ERROR_INTERNET_TIMEOUT', { failure: 'timeout' }],
  [0x80072ee7, 'ERROR_INTERNET_NAME_NOT_RESOLVED', { failure: 'dns' }],
  [0x80072efd, 'ERROR_INTERNET_CANNOT_CONNECT', { failure: 'other' }],
]

/** As a hexadecimal number, as the signed decimal one of PowerShell and scripts, and by its symbol. */
const byNumber: readonly MessagePattern[] = results.map(([value, symbol, proof]) => ({
  ...proof,
  pattern: new RegExp(`0x${value.toString(16)}(?![0-9a-f])|-${2 ** 32 - value}(?!\\d)|\\b${symbol}\\b`, 'i'),
}))

/** In English, from Windows itself: applications print the text without its number. */
const byText: readonly MessagePattern[] = [
  { code: 62, pattern: /The target principal name is incorrect|certificate's CN name does not match the passed value/ },
  {
    code: 20,
    pattern:
      /certificate chain was issued by an authority that is not trusted|certificate chain could not be built to a trusted root/,
  },
  {
    code: 19,
    pattern: /certificate chain processed, but terminated in a root certificate which is not trusted/,
  },
  { code: 10, pattern: /The received certificate has expired|required certificate is not within its validity period/ },
  { code: 3, pattern: /revocation function was unable to check revocation/ },
  { failure: 'protocol', pattern: /do not possess a common algorithm/ },
]

/** Codes of Schannel wherever a program prints them. */
export const schannelPatterns: readonly MessagePattern[] = [...byNumber, ...byText]

const event = (id: number, text: string): RegExp =>
  new RegExp(`\\bEvent ?I[Dd]\\W{1,6}${id}\\b|\\bSchannel\\W{1,6}${id}\\b|${text}`)

const events: readonly MessagePattern[] = [
  // The event does not tell which side it was written on; these alerts are sent by servers only, or mean the same on both.
  {
    pattern:
      /fatal alert was received from the remote endpoint[^\n]{0,120}?(?:fatal alert|error) code is (?<number>70|112|116)(?!\d)/,
  },
  {
    failure: 'other',
    pattern: /fatal alert was received from the remote endpoint[^\n]{0,120}?(?:fatal alert|error) code is \d{1,3}/,
  },
  {
    pattern:
      /fatal alert was generated and sent to the remote endpoint[^\n]{0,160}?(?:fatal alert|error) code is (?<numberSent>\d{1,3})/,
  },
  {
    code: 62,
    pattern:
      /received from the remote server does not contain the expected name[^\n]{0,160}?server name we were expecting is (?<wanted>[\w.-]{1,253}\w)/,
  },
  { code: 62, pattern: event(36884, 'received from the remote server does not contain the expected name') },
  {
    code: 20,
    pattern: event(36882, 'received from the remote server was issued by an untrusted certificate authority'),
  },
  {
    code: 10,
    pattern: event(
      36881,
      'certificate received from the remote server has expired|received from the remote server has either expired',
    ),
  },
]

export const schannel: MessageTable = {
  id: 'dotnet',
  label: 'Windows (Schannel)',
  possible:
    /0x80|-214\d{7}|SEC_E_|CRYPT_E_|CERT_E_|ERROR_(?:INTERNET|WINHTTP)|remote (?:endpoint|server)|Event ?Id|Schannel|principal name|CN name|certificate chain|trusted root|received certificate|validity period|check revocation|common algorithm/i,
  patterns: [...events, ...schannelPatterns],
}
