/**
 * Messages of Node.js and of what is written for it: npm, yarn, pnpm, axios, Postman, Insomnia, Electron.
 * Sources: Node lib/internal/tls, src/crypto/crypto_common.cc (X509ErrorCode), lib/internal/errors.js; undici; libuv.
 */

import { verifyWords } from './openssl-words.ts'
import type { MessagePattern, MessageTable } from './pattern.ts'

/** X509_V_ERR numbers by the names that Node gives them. */
const codes: readonly (readonly [name: string, code: number, depth?: number])[] = [
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 20],
  ['UNABLE_TO_GET_ISSUER_CERT', 2],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 21, 0],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 18, 0],
  ['SELF_SIGNED_CERT_IN_CHAIN', 19],
  ['CERT_HAS_EXPIRED', 10],
  ['CERT_NOT_YET_VALID', 9],
  ['CERT_REVOKED', 23],
  ['CERT_UNTRUSTED', 27],
  ['CERT_REJECTED', 28],
  ['CERT_SIGNATURE_FAILURE', 7],
  ['CERT_CHAIN_TOO_LONG', 22],
  ['INVALID_PURPOSE', 26],
  ['INVALID_CA', 79],
  ['PATH_LENGTH_EXCEEDED', 25],
  ['HOSTNAME_MISMATCH', 62],
  ['UNABLE_TO_GET_CRL', 3],
  ['CRL_HAS_EXPIRED', 12],
]

const named: readonly MessagePattern[] = codes.map(([name, code, depth]) => ({
  pattern: new RegExp(`\\b${name}\\b`),
  code,
  ...(depth === undefined ? {} : { depth }),
}))

const altNames: readonly MessagePattern[] = [
  { code: 62, pattern: /Host: (?<wanted>[\w.-]{1,254}) is not in the cert's altnames: (?<names>[^\n]{0,3000})/ },
  { code: 62, pattern: /Host: (?<wanted>[\w.-]{1,254}) is not cert's CN: (?<names>[^\s"',]{1,253})/ },
  { code: 64, pattern: /IP: (?<wanted>[\w.:]{2,60}) is not in the cert's list: (?<names>[^\n]{0,3000})/ },
  { code: 62, nameless: true, pattern: /Cert does not contain a DNS name|Cert is empty/ },
  { code: 62, pattern: /ERR_TLS_CERT_ALTNAME_INVALID|does not match certificate's altnames/ },
]

export const node: MessageTable = {
  id: 'node',
  label: 'Node.js',
  possible:
    /\bE[A-Z]{3,}|ERR_|CERT|_CRL|CRL_|UNABLE_|INVALID_|PATH_LENGTH|HOSTNAME_M|[Ee]rror\]?['"]?:|error |reason|message['"]?:|cause|altnames|Host: |IP: |Cert (?:does|is)|hang up|side closed|disconnected before|Proxy response|tunneling|extra certs|Timeout Error|fetch failed/,
  patterns: [
    ...altNames,
    ...named,
    {
      pattern: new RegExp(
        `(?:\\b\\w{0,40}[Ee]rror|\\breason|\\bmessage|\\bcause|^npm (?:ERR!|error)|^error [^\\n]{0,300})\\]?["']?: ?["']?(?<verify>${verifyWords})`,
      ),
    },
    { pattern: /(?:EPROTO|Error:?|reason:|failed:) (?<queue>[0-9A-Fa-f]{2,20}:error:[0-9A-Fa-f]{8}:[^\n]{0,500})/ },
    { pattern: /\bERR_SSL_(?<reason>SSL\/TLS_[A-Z0-9_]{3,60}|[A-Z0-9_]{3,60})/ },
    {
      failure: 'closed',
      pattern:
        /Client network socket disconnected before secure TLS connection was established|socket hang up|SocketError: other side closed|\bUND_ERR_SOCKET\b/,
    },
    {
      failure: 'proxy-refused',
      pattern: /tunneling socket could not be established, (?:statusCode=(?<status>\d{3})|cause=[^\n]{0,120})/,
    },
    { failure: 'proxy-refused', pattern: /Proxy response \((?<status>\d{3})\) [!=]/ },
    { failure: 'trust-store', pattern: /Ignoring extra certs from [^\n]{1,300}/ },
    { failure: 'refused', pattern: /\bECONNREFUSED\b/ },
    {
      failure: 'timeout',
      pattern:
        /\b(?:ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_HANDSHAKE_TIMEOUT)\b|Connect Timeout Error/,
    },
    { failure: 'dns', pattern: /\b(?:ENOTFOUND|EAI_AGAIN)\b/ },
    { failure: 'unreachable', pattern: /\b(?:EHOSTUNREACH|ENETUNREACH)\b/ },
    { failure: 'reset', pattern: /\b(?:ECONNRESET|ECONNABORTED)\b/ },
    { failure: 'other', general: true, pattern: /\bTypeError: fetch failed|\bcode: ["']EPROTO["']/ },
  ],
  between:
    /^\s+at |^\s+(?:code|errno|syscall|hostname|host|port|address|library|reason|cert|subject|issuer|config|request|response|\[?cause\]?|\w{1,40}): |^\s*[}\]],?$|^node:|^Node\.js v|^Emitted 'error'|^npm (?:ERR!|error)/,
}
