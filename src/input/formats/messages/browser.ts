/**
 * Error pages of browsers, by their codes; the words vary by language.
 * Sources: Chromium net_error_list.h; Mozilla security/nss SSLerrs.h, SECerrs.h, mozpkix pkixnss.h.
 */
import type { MessagePattern, MessageTable, Proof } from './pattern.ts'

const chromium: readonly (readonly [name: string, proof: Proof])[] = [
  ['CERT_COMMON_NAME_INVALID', { code: 62 }],
  ['CERT_DATE_INVALID', { code: 10 }],
  ['CERT_AUTHORITY_INVALID', { code: 20 }],
  ['CERT_NO_REVOCATION_MECHANISM', { code: 3 }],
  ['CERT_UNABLE_TO_CHECK_REVOCATION', { code: 3 }],
  ['CERT_REVOKED', { code: 23 }],
  ['CERT_WEAK_SIGNATURE_ALGORITHM', { code: 68 }],
  ['CERT_WEAK_KEY', { code: 66 }],
  ['CERT_NAME_CONSTRAINT_VIOLATION', { code: 47 }],
  ['CERT_SYMANTEC_LEGACY', { code: 28 }],
  ['CERT_KNOWN_INTERCEPTION_BLOCKED', { failure: 'intercepted' }],
  ['CERT_\\w{3,40}', { failure: 'verify-failed' }],
  ['CERTIFICATE_TRANSPARENCY_REQUIRED', { failure: 'verify-failed' }],
  ['SSL_PINNED_KEY_NOT_IN_CERT_CHAIN', { failure: 'verify-failed' }],
  ['SSL_KEY_USAGE_INCOMPATIBLE', { code: 39, depth: 0 }],
  ['SSL_OBSOLETE_VERSION', { failure: 'protocol' }],
  ['SSL_VERSION_OR_CIPHER_MISMATCH', { failure: 'protocol' }],
  ['SSL_WEAK_SERVER_EPHEMERAL_DH_KEY', { failure: 'other' }],
  ['SSL_UNRECOGNIZED_NAME_ALERT', { failure: 'alert', alert: 112 }],
  ['SSL_CLIENT_AUTH_CERT_NEEDED', { failure: 'other', requested: 'yes' }],
  ['BAD_SSL_CLIENT_AUTH_CERT', { failure: 'alert', requested: 'yes' }],
  [
    'SSL_(?:PROTOCOL_ERROR|SERVER_CERT_BAD_FORMAT|BAD_RECORD_MAC_ALERT|DECRYPT_ERROR_ALERT|SERVER_CERT_CHANGED)',
    { failure: 'other' },
  ],
  ['CONNECTION_REFUSED', { failure: 'refused' }],
  ['CONNECTION_RESET', { failure: 'reset' }],
  ['CONNECTION_CLOSED', { failure: 'closed' }],
  ['EMPTY_RESPONSE', { failure: 'other' }],
  ['CONNECTION_TIMED_OUT', { failure: 'timeout' }],
  ['(?:ADDRESS_UNREACHABLE|INTERNET_DISCONNECTED)', { failure: 'unreachable' }],
  ['NAME_NOT_RESOLVED', { failure: 'dns' }],
  ['(?:TUNNEL|PROXY)_CONNECTION_FAILED', { failure: 'proxy-refused' }],
]

const firefox: readonly (readonly [name: string, proof: Proof])[] = [
  ['SEC_ERROR_UNKNOWN_ISSUER', { code: 20 }],
  ['SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE', { code: 10, depth: 1 }],
  ['SEC_ERROR_EXPIRED_CERTIFICATE', { code: 10, depth: 0 }],
  ['SEC_ERROR_REVOKED_CERTIFICATE', { code: 23 }],
  ['SEC_ERROR_UNTRUSTED_ISSUER', { code: 27 }],
  ['SEC_ERROR_UNTRUSTED_CERT', { code: 28 }],
  ['SEC_ERROR_BAD_SIGNATURE', { code: 7 }],
  ['SEC_ERROR_INADEQUATE_KEY_USAGE', { code: 39 }],
  ['SEC_ERROR_INADEQUATE_CERT_TYPE', { code: 26 }],
  ['SEC_ERROR_CERT_NOT_IN_NAME_SPACE', { code: 47 }],
  ['SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED', { code: 68 }],
  ['SEC_ERROR_CA_CERT_INVALID', { code: 79 }],
  ['SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID', { code: 25 }],
  ['SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION', { code: 34 }],
  ['SEC_ERROR_OCSP_\\w{3,40}', { code: 3 }],
  ['SEC_ERROR_\\w{3,60}', { failure: 'verify-failed' }],
  ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', { code: 18, depth: 0 }],
  ['MOZILLA_PKIX_ERROR_MITM_DETECTED', { failure: 'intercepted' }],
  ['MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE', { code: 9, depth: 1 }],
  ['MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE', { code: 9, depth: 0 }],
  ['MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY', { code: 79, depth: 0 }],
  ['MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA', { code: 79 }],
  ['MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE', { code: 66 }],
  ['MOZILLA_PKIX_ERROR_\\w{3,60}', { failure: 'verify-failed' }],
  ['SSL_ERROR_BAD_CERT_DOMAIN', { code: 62 }],
  ['SSL_ERROR_HANDSHAKE_FAILURE_ALERT', { failure: 'alert', alert: 40 }],
  ['SSL_ERROR_BAD_CERT_ALERT', { failure: 'alert', alert: 42 }],
  ['SSL_ERROR_UNSUPPORTED_CERT_ALERT', { failure: 'alert', alert: 43 }],
  ['SSL_ERROR_REVOKED_CERT_ALERT', { failure: 'alert', alert: 44 }],
  ['SSL_ERROR_EXPIRED_CERT_ALERT', { failure: 'alert', alert: 45 }],
  ['SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT', { failure: 'alert', alert: 46 }],
  ['SSL_ERROR_UNKNOWN_CA_ALERT', { failure: 'alert', alert: 48 }],
  ['SSL_ERROR_ACCESS_DENIED_ALERT', { failure: 'alert', alert: 49 }],
  ['SSL_ERROR_PROTOCOL_VERSION_ALERT', { failure: 'protocol', alert: 70 }],
  ['SSL_ERROR_INTERNAL_ERROR_ALERT', { failure: 'alert', alert: 80 }],
  ['SSL_ERROR_UNRECOGNIZED_NAME_ALERT', { failure: 'alert', alert: 112 }],
  ['SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT', { failure: 'alert', alert: 116 }],
  ['SSL_ERROR_(?:UNSUPPORTED_VERSION|NO_CYPHER_OVERLAP)', { failure: 'protocol' }],
  ['SSL_ERROR_RX_RECORD_TOO_LONG', { failure: 'plain-text' }],
  // Not OpenSSL's own, as SSL_ERROR_SYSCALL.
  ['SSL_ERROR_(?!SYSCALL|SSL\\b|ZERO|WANT|NONE)\\w{3,60}', { failure: 'other' }],
  ['PR_CONNECT_RESET_ERROR', { failure: 'reset' }],
  ['PR_END_OF_FILE_ERROR', { failure: 'closed' }],
  ['PR_CONNECT_REFUSED_ERROR', { failure: 'refused' }],
]

const edge: readonly (readonly [name: string, proof: Proof])[] = [
  ['DLG_FLAGS_INVALID_CA', { code: 20 }],
  ['DLG_FLAGS_SEC_CERT_CN_INVALID', { code: 62 }],
  ['DLG_FLAGS_SEC_CERT_DATE_INVALID', { code: 10 }],
]

/** What the pages say, in English. A code on the same page wins. */
const pages: readonly MessagePattern[] = [
  {
    code: 62,
    pattern:
      /This server could not prove that it is (?<wanted>[\w.-]{1,253}); its security certificate is from (?<names>[\w.*-]{1,253}\w)/,
  },
  {
    code: 20,
    pattern: /could not prove that it is (?<host>[\w.-]{1,253}); its security certificate is not trusted by/,
  },
  { code: 10, pattern: /could not prove that it is (?<host>[\w.-]{1,253}); its security certificate expired/ },
  {
    code: 9,
    pattern: /could not prove that it is (?<host>[\w.-]{1,253}); its security certificate is supposedly from/,
  },
  {
    code: 62,
    pattern:
      /(?:certificate is |uses a certificate that is )?not valid for (?:the name )?(?<wanted>[\w.-]{1,253}\w)\. The certificate is only valid for (?:the following names: |)(?<names>[^\n]{1,2000})/,
  },
  {
    code: 62,
    pattern: /trust this site because it uses a certificate that is not valid for (?<wanted>[\w.-]{1,253}\w)/,
  },
  { code: 18, depth: 0, pattern: /The certificate is not trusted because it is self-signed/ },
  {
    code: 20,
    pattern:
      /The certificate is not trusted because the issuer certificate is unknown|Peer's Certificate issuer is not recognized/,
  },
  { failure: 'protocol', pattern: /(?<host>[\w.-]{1,253}) uses an unsupported protocol/ },
  {
    failure: 'dns',
    pattern:
      /\bDNS_PROBE_FINISHED_NXDOMAIN\b|(?<host>[\w.-]{1,253})['’]s (?:server IP address could not be found|DNS address could not be)/,
  },
  { failure: 'alert', requested: 'yes', pattern: /(?<host>[\w.-]{1,253}) didn['’]t accept your login certificate/ },
]

const byName = (prefix: string, rows: readonly (readonly [name: string, proof: Proof])[]): MessagePattern[] =>
  rows.map(([name, proof]) => ({ ...proof, pattern: new RegExp(`\\b${prefix}${name}\\b`) }))

export const browser: MessageTable = {
  id: 'browser',
  label: 'Browser',
  possible:
    /ERR_|_ERROR|DLG_FLAGS|could not prove|certificate is|certificate that is|not recognized|unsupported protocol|DNS_PROBE|address could not|login certificate|information from|error occurred|refused to|took too|sent an inv|unexpectedly/,
  patterns: [...byName('(?:net::|NET::)?ERR_', chromium), ...byName('', firefox), ...byName('', edge), ...pages],
}
