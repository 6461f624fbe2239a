/** Valid inputs of many kinds, for tests that alter them. */
import { chainP7b, javaJceks, javaJks, legacyP12, slipRequest, tripleP12, trustP12 } from './keystores.ts'
import { names } from './names.ts'
import { failedVerify, nooutFacts, textDump } from './other-tools.ts'
import { crlPem, issuingPem, leafPem, pkcs7Pem, requestPem, rootPem } from './pki.ts'
import { missingIssuerSteps, sClientRun, sentLeaf } from './s-client.ts'
import { briefRun, emptyRun } from './s-client-short.ts'

const base64 = (pem: string): string => pem.split('\n').slice(1, -2).join('')

export const fixtures: readonly string[] = [
  sClientRun({
    generation: '3.0',
    command: '$ openssl s_client -connect shop.harbour.example:443',
    chain: [sentLeaf],
    steps: missingIssuerSteps,
    result: [21, 'unable to verify the first certificate'],
  }),
  sClientRun({ generation: '1.0.2', showcerts: true }),
  sClientRun({ generation: '3.5', status: 'stapled', clientCertificate: 'asked' }),
  briefRun('3.5', 'certificate has expired'),
  emptyRun('3.0', '40A7:error:0A00010B:SSL routines:f:wrong version number:x.c:1:'),
  failedVerify('3.5', 'a.pem', 20, 'unable to get local issuer certificate'),
  nooutFacts('old', names.leaf, names.issuing),
  textDump('new', names.leaf, names.issuing),
  leafPem + issuingPem + rootPem,
  requestPem + crlPem + pkcs7Pem + slipRequest,
  JSON.stringify({ chain: leafPem + issuingPem, x5c: [base64(leafPem)] }),
  `ca.crt: ${btoa(leafPem + issuingPem)}\n`,
  `x-forwarded-client-cert: Hash=${'ab'.repeat(32)};Cert="${encodeURIComponent(leafPem)}";Subject="CN=a"\n`,
  Array.from(atob(base64(leafPem)), (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join(''),
  'curl: (60) SSL certificate problem: unable to get local issuer certificate\n',
  'javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target\n\tat a.b(C.java:1)\n',
]

/** Valid binary files; opening each takes little work. */
export const binaryFixtures: readonly Uint8Array[] = [legacyP12, tripleP12, trustP12, javaJks, javaJceks, chainP7b]
