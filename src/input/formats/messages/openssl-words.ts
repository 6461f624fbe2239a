/** Why OpenSSL refuses a certificate, in words, and the X509_V_ERR number. Source: X509_verify_cert_error_string, 0.9.8 to 3.5. */

/** Longer phrases before those that they contain. */
const words: readonly (readonly [code: number, words: RegExp])[] = [
  [19, /self[- ]signed certificate in (?:certificate )?chain/i],
  [18, /self[- ]signed certificate/i],
  [20, /unable to get (?:local )?issuer certificate locally|unable to get local issuer certificate/i],
  [2, /unable to get issuer certificate/i],
  [21, /unable to verify the first certificate|unable to verify leaf signature/i],
  [10, /certificate has expired/i],
  [9, /certificate is not yet valid/i],
  [62, /host ?name mismatch/i],
  [64, /IP address mismatch/i],
  [23, /certificate (?:is )?revoked/i],
  [3, /unable to get certificate CRL/i],
  [12, /CRL has expired/i],
  [11, /CRL is not yet valid/i],
  [33, /unable to get CRL issuer certificate/i],
  [7, /certificate signature failure/i],
  [22, /certificate chain too long/i],
  [25, /path length constraint exceeded/i],
  [26, /(?:unsuitable|unsupported) certificate purpose/i],
  [79, /invalid CA certificate/i],
  [24, /issuer certificate doesn't have a public key/i],
  [27, /certificate not trusted/i],
  [28, /certificate rejected/i],
  [32, /key usage does not include certificate signing/i],
  [34, /unhandled critical extension/i],
  [39, /key usage does not include digital signature/i],
  [47, /permitted subtree violation/i],
  [48, /excluded subtree violation/i],
  [66, /EE certificate key too weak/i],
  [67, /CA certificate key too weak/i],
  [68, /CA signature digest algorithm too weak/i],
  [50, /application verification failure/i],
  // Those of -x509_strict, which Python sets by default since 3.13.
  [80, /Path length invalid for non-CA cert/i],
  [81, /Path length given without key usage keyCertSign/i],
  [82, /Key usage keyCertSign invalid for non-CA cert/i],
  [83, /Issuer name empty/i],
  [84, /Subject name empty/i],
  [85, /Missing Authority Key Identifier/i],
  [86, /Missing Subject Key Identifier/i],
  [87, /Empty Subject Alternative Name extension/i],
  [88, /Subject empty and Subject Alt Name extension not critical/i],
  [89, /Basic Constraints of CA cert not marked critical/i],
  [90, /Authority Key Identifier marked critical/i],
  [91, /Subject Key Identifier marked critical/i],
  [92, /CA cert does not include key usage extension/i],
  [93, /Using cert extension requires at least X509v3/i],
  [94, /Certificate public key has explicit ECC parameters/i],
]

/** The number for OpenSSL's words; undefined when they are none of its. */
export const verifyCode = (text: string): number | undefined => words.find(([, pattern]) => pattern.test(text))?.[0]

/** The phrases as one alternative, for patterns that look for them anywhere in a line. */
export const verifyWords = words.map(([, pattern]) => pattern.source).join('|')
