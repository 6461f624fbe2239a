/** What the programs that people run say when they find no trusted path, and whom they trust. Sources: the manual of each. */
import type { ToolId } from '../input/model.ts'

export interface Runtime {
  /** The subject of a sentence. */
  readonly name: string
  /** What its message says, and what it does not. */
  readonly noPath: string
  /** Its trust store, and whether it completes a chain by itself. */
  readonly store: string
  /** Shows what it trusts, on the machine where it runs. */
  readonly look?: string
}

const openssl =
  'the files and folders of the OpenSSL that it is built with, or what SSL_CERT_FILE and SSL_CERT_DIR name'

const runtimes: Partial<Readonly<Record<ToolId, Runtime>>> = {
  java: {
    name: 'Java',
    noPath:
      'Java says the same for all of these: an intermediate is not sent, the root is that of a private CA or of a proxy that inspects TLS, the certificate signs itself, or -Djavax.net.ssl.trustStore names a file that does not exist.',
    store:
      'Java trusts the certificates in lib/security/cacerts of the JDK that runs it, or in the file that -Djavax.net.ssl.trustStore names in its place, and not those of the operating system. It fetches no missing intermediate by itself.',
    look: 'keytool -list -cacerts -storepass changeit',
  },
  node: {
    name: 'Node',
    noPath:
      'Node goes on after its first error and reports the last: this code means that something above the server certificate was sent, and that the issuer above that is not in its store. It is a root that this Node does not have (of a private CA, of a proxy that inspects TLS, or newer than this Node), or one more intermediate.',
    store:
      'Node trusts the roots that are built into it and those in the file that NODE_EXTRA_CA_CERTS names; those of the operating system only with --use-system-ca. npm has a setting of its own (cafile). It fetches no missing intermediate.',
    look: `node -p "require('tls').rootCertificates.length + ' ' + process.env.NODE_EXTRA_CA_CERTS"`,
  },
  python: {
    name: 'Python',
    noPath:
      'Python stops at the first error, so it says the same when the server sends no intermediate and when the root is not in its store, as that of a private CA or of a proxy that inspects TLS.',
    store: `The ssl module trusts ${openssl}. requests, httpx and botocore bring the certifi bundle with them; REQUESTS_CA_BUNDLE (requests, pip), SSL_CERT_FILE (httpx) and AWS_CA_BUNDLE (AWS CLI) put another file in its place. None fetches missing intermediates.`,
    look: 'python3 -c "import ssl; print(ssl.get_default_verify_paths())"; python3 -m certifi',
  },
  go: {
    name: 'Go',
    noPath:
      'Go says the same for all of these: an intermediate is not sent, the root is that of a private CA or of a proxy that inspects TLS, the certificate signs itself, or the machine (as a rule a bare container) has no root certificates at all.',
    store:
      'Go trusts the store of the operating system; on Linux SSL_CERT_FILE and SSL_CERT_DIR put others in its place. kubectl trusts only the certificate-authority-data of its kubeconfig where there is one, Docker also /etc/docker/certs.d/HOST/ca.crt. On Linux it fetches no missing intermediate.',
    look: 'ls -l /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt',
  },
  dotnet: {
    name: 'The Windows or .NET client',
    noPath:
      'It found no way from the server certificate to a root that it trusts. Windows fetches missing intermediates from the address in the certificate where it can reach it, so a root that it does not have (of a private CA or of a proxy that inspects TLS) is more usual there; .NET on Linux fetches them as well.',
    store:
      'On Windows it trusts the certificate store of the machine and of the user (certlm.msc, certmgr.msc); a service has the machine store only. On Linux .NET uses the folder of OpenSSL (SSL_CERT_DIR, SSL_CERT_FILE).',
    look: 'certutil -store Root',
  },
  powershell: {
    name: 'PowerShell',
    noPath: 'It found no way from the server certificate to a root that Windows trusts.',
    store: 'It trusts the certificate store of the machine and of the user (certlm.msc, certmgr.msc).',
    look: 'certutil -store Root',
  },
  ruby: {
    name: 'Ruby',
    noPath:
      'Ruby stops at the first error, so it says the same when the server sends no intermediate and when the root is not in its store.',
    store: `Ruby trusts ${openssl}. It fetches no missing intermediate.`,
    look: `ruby -ropenssl -e 'puts OpenSSL::X509::DEFAULT_CERT_FILE, OpenSSL::X509::DEFAULT_CERT_DIR'`,
  },
  php: {
    name: 'PHP',
    noPath:
      'PHP says the same when the server sends no intermediate and when the root is not in its store, as that of a private CA or of a proxy that inspects TLS.',
    store:
      'PHP streams trust the file of openssl.cafile, its curl extension that of curl.cainfo (both in php.ini), else the store that OpenSSL or libcurl was built with; on Windows there is none until one is set.',
    look: `php -r 'print_r(openssl_get_cert_locations()); echo ini_get("curl.cainfo");'`,
  },
  curl: {
    name: 'curl',
    noPath:
      'curl says the same when the server sends no intermediate and when the root is not in its trust store, as that of a private CA or of a proxy that inspects TLS.',
    store:
      'curl trusts the file of --cacert, CURL_CA_BUNDLE or SSL_CERT_FILE, else the one that it was built with; with Schannel the store of Windows, on macOS that of the system. With OpenSSL it fetches no missing intermediate.',
    look: 'curl-config --ca; curl --version',
  },
  git: {
    name: 'git',
    noPath:
      'git passes on what its TLS library says. With OpenSSL and GnuTLS the message is the same when the server sends no intermediate and when the root is not in the store; GnuTLS also says it for a wrong name or date.',
    store:
      'git trusts the file of http.sslCAInfo or GIT_SSL_CAINFO, else the store of its TLS library; Git for Windows brings a file of its own unless http.sslBackend is schannel, which uses the Windows store.',
    look: 'git config --show-origin --get-all http.sslCAInfo; git config --get http.sslBackend',
  },
  rust: {
    name: 'The Rust program',
    noPath:
      'rustls says UnknownIssuer when the server sends no intermediate, when the root is not in the store, and for a certificate that signs itself.',
    store:
      'Depending on how it was built it trusts Mozilla’s roots inside the program (webpki-roots; only a new build changes them), the store of the operating system (rustls-native-certs), or that of OpenSSL (native-tls). rustls fetches no missing intermediate.',
  },
  browser: {
    name: 'The browser',
    noPath:
      'The browser found no way from the certificate to a root that it trusts. Chrome, Edge and Safari fetch missing intermediates and Firefox knows many, so a root that is not trusted (of a private CA or of a proxy that inspects TLS) or a certificate that signs itself is more usual.',
    store:
      'Chrome and Edge trust a root list of their own and what the operating system or a policy adds; Safari the keychain; Firefox a store of its own, and that of the operating system only as far as it is set to.',
  },
}

/** What is known of the program behind a capture; undefined for one that is not in the table. */
export const runtimeOf = (tool: ToolId): Runtime | undefined => runtimes[tool]

/** The program as the subject of a sentence. */
export const clientName = (tool: ToolId): string => runtimes[tool]?.name ?? 'The client'
