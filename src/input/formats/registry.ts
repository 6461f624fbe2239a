import type { Format } from '../format.ts'
import { answerPage } from './answer-page.ts'
import { clientCertHeader } from './client-cert-header.ts'
import { curl } from './curl.ts'
import { errorLines } from './errors.ts'
import { gnutlsCli } from './gnutls-cli.ts'
import { keytool } from './keytool.ts'
import { serverLog } from './logs/server-log.ts'
import { messageFormats } from './messages/all.ts'
import { nmap } from './nmap.ts'
import { pemBundle } from './pem.ts'
import { sClient } from './s-client.ts'
import { sslscan } from './sslscan.ts'
import { testssl } from './testssl.ts'
import { verify } from './verify.ts'
import { wget } from './wget.ts'
import { x509 } from './x509.ts'

/** Every text format; the first that knows a line has it. `pemBundle` takes the PEM that no other claims. */
export const formats: readonly Format[] = [
  serverLog,
  sClient,
  curl,
  gnutlsCli,
  wget,
  keytool,
  nmap,
  testssl,
  sslscan,
  verify,
  x509,
  clientCertHeader,
  ...messageFormats,
  answerPage,
  errorLines,
  pemBundle,
]
