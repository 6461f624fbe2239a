/**
 * Messages of Python: ssl, requests, urllib3, httpx, aiohttp, pip, botocore, pyOpenSSL.
 * Sources: CPython Modules/_ssl.c, Lib/ssl.py; urllib3 exceptions; requests adapters.
 */
import type { MessageTable } from './pattern.ts'

export const python: MessageTable = {
  id: 'python',
  label: 'Python',
  possible:
    /\[SSL|\[X509|_ssl\.c|'SSL routines|Errno|WinError|Tunnel conn|CA certificate bundle|doesn't match|ConnectTimeout|ConnectionTimeout|gaierror|ResolutionError|Proxy|SSL(?:EOF|ZeroReturn)Error|EOF occurred|Connection(?:Refused|Reset)Error/,
  patterns: [
    {
      code: 62,
      pattern:
        /certificate verify failed: Hostname mismatch, certificate is not valid for \\?["'](?<wanted>[^"'\\\s]{1,253})/,
    },
    {
      code: 64,
      pattern:
        /certificate verify failed: IP address mismatch, certificate is not valid for \\?["'](?<wanted>[^"'\\\s]{1,60})/,
    },
    { pattern: /certificate verify failed: (?<verify>[^(\n]{3,160}?) ?\(_ssl\.c/ },
    {
      code: 62,
      pattern:
        /hostname \\?["'](?<wanted>[^"'\\\s]{1,253})\\?["'] doesn't match (?:either of )?(?<names>[^\n]{1,2000})/,
    },
    {
      failure: 'other',
      role: 'server',
      requested: 'yes',
      sent: 'empty',
      pattern: /\[SSL: PEER_DID_NOT_RETURN_A_CERTIFICATE\]/,
    },
    { pattern: /\[SSL: (?<reason>[A-Z0-9_/]{3,60})\](?! certificate verify failed: \w)/ },
    { pattern: /\[SSL\] (?<reason>[a-z][a-z0-9/ ]{2,60}?) \(_ssl\.c/ },
    { pattern: /\[\('SSL routines', '[^']{0,60}', '(?<reason>[^']{3,60})'\)/ },
    {
      failure: 'trust-store',
      pattern:
        /Could not find a suitable TLS CA certificate bundle, invalid path: [^\n]{1,200}|\[X509: NO_CERTIFICATE_OR_CRL_FOUND\]/,
    },
    { failure: 'closed', pattern: /EOF occurred in violation of protocol|\bSSL(?:EOF|ZeroReturn)Error\b/ },
    { failure: 'proxy-refused', pattern: /Tunnel connection failed: (?<status>\d{3})/ },
    { failure: 'proxy-refused', general: true, pattern: /ProxyError\(|exceptions\.ProxyError/ },
    { failure: 'refused', pattern: /\[Errno (?:111|61)\]|\[WinError 10061\]|\bConnectionRefusedError\b/ },
    { failure: 'dns', pattern: /\[Errno (?:-[2358]|8|11001)\]|\bgaierror\b|NameResolutionError/ },
    { failure: 'reset', pattern: /\[Errno (?:104|54)\]|\[WinError 10054\]|\bConnectionResetError\b/ },
    { failure: 'unreachable', pattern: /\[Errno (?:113|101|65|51)\]|\[WinError 1006[15]\]/ },
    {
      failure: 'timeout',
      pattern: /\[Errno (?:110|60)\]|\[WinError 10060\]|\bConnectTimeout(?:Error)?\b|\bConnectionTimeoutError\b/,
    },
  ],
  between: /^\s{2,}File "|^Traceback \(most|^During handling of|^The above exception|^\s{4,}\S/,
}
