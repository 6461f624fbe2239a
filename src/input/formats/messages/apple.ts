/** Errors of Apple's platforms by number: URLSession, Secure Transport; Safari's pages. Source: NSURLError.h, SecureTransport.h. */
import type { MessagePattern, MessageTable, Proof } from './pattern.ts'

const urlErrors: readonly (readonly [value: number, proof: Proof])[] = [
  [-1001, { failure: 'timeout' }],
  [-1003, { failure: 'dns' }],
  [-1004, { failure: 'refused' }],
  [-1200, { failure: 'other' }],
  [-1201, { code: 10 }],
  [-1202, { code: 20 }],
  [-1203, { code: 20 }],
  [-1204, { code: 9 }],
  [-1205, { failure: 'alert', requested: 'yes' }],
  [-1206, { failure: 'other', requested: 'yes' }],
]

const secureTransport: readonly (readonly [value: number, proof: Proof])[] = [
  [-9806, { failure: 'closed' }],
  [-9807, { code: 20 }],
  [-9808, { failure: 'verify-failed' }],
  [-9812, { code: 19 }],
  [-9813, { code: 20 }],
  [-9814, { code: 10 }],
  [-9815, { code: 9 }],
  [-9824, { failure: 'alert', alert: 40 }],
  [-9825, { failure: 'alert', alert: 42 }],
  [-9829, { failure: 'alert', alert: 46 }],
  [-9831, { failure: 'alert', alert: 48 }],
  [-9836, { failure: 'protocol', alert: 70 }],
  [-9843, { code: 62 }],
]

const patterns: readonly MessagePattern[] = [
  ...secureTransport.map(([value, proof]) => ({
    ...proof,
    pattern: new RegExp(
      `(?:CFStreamErrorCodeKey|errSSL\\w{0,40}|OSStatus|SSLHandshake|SSL)[^\\n]{0,80}${value}(?!\\d)`,
    ),
  })),
  ...urlErrors.map(([value, proof]) => ({
    ...proof,
    pattern: new RegExp(
      `NSURLErrorDomain[^\\n]{0,80}${value}(?!\\d)|kCFErrorDomainCFNetwork[^\\n]{0,40}${value}(?!\\d)`,
    ),
  })),
  { code: 20, pattern: /pretending to be [\u201c"](?<host>[\w.-]{1,253})[\u201d"]/ },
  {
    code: 20,
    pattern: /Safari can['\u2019]t verify the identity of the website [\u201c"](?<host>[\w.-]{1,253})[\u201d"]/i,
  },
  {
    failure: 'other',
    pattern:
      /Safari can['\u2019]t establish a secure connection to the server [\u201c"](?<host>[\w.-]{1,253})[\u201d"]/i,
  },
]

export const apple: MessageTable = {
  id: 'browser',
  label: 'Apple (URLSession, Safari)',
  possible: /NSURLErrorDomain|kCFError|CFStreamError|errSSL|OSStatus|SSLHandshake|Safari|pretending/,
  patterns,
}
