/** Go: the environment on Unix, and tls.Config. */
import { clientCurlCheck, curlCheck, trustFile } from '../commands.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, text } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

export const go: Platform = {
  slug: 'go',
  name: 'Go',
  group: 'clients',
  source: { product: 'Go 1.19', page: 'https://pkg.go.dev/crypto/x509#SystemCertPool' },
  recipes: [
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Give one Go program the CA'
          : 'Give one Go program the intermediate that the server does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        'On Linux and other Unix systems SSL_CERT_FILE takes the place of the default file: write its roots and the new certificate into one file. On Windows and macOS the store of the system counts.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `cat /etc/ssl/certs/ca-certificates.crt ${trustWord(facts)} > ca-bundle.pem\nexport SSL_CERT_FILE="$PWD/ca-bundle.pem"`,
      verify: (facts) => curlCheck(facts, ['--cacert', 'ca-bundle.pem']),
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give the CA in the code',
      steps: (facts) => [...trustSteps(facts), 'Start from the roots of the system, and add the certificate.'],
      prepare: trustPrepare,
      command: (facts) => `pem, err := os.ReadFile(${text(trustFile(facts).file)})
if err != nil {
	log.Fatal(err)
}
roots, err := x509.SystemCertPool()
if err != nil {
	log.Fatal(err)
}
if !roots.AppendCertsFromPEM(pem) {
	log.Fatal("no certificate in the file")
}
client := &http.Client{Transport: &http.Transport{
	Proxy:           http.ProxyFromEnvironment,
	TLSClientConfig: &tls.Config{RootCAs: roots},
}}
response, err := client.Get(${text(facts.url)})`,
      language: 'go',
      verify: (facts) => curlCheck(facts),
      warning: trustWarning,
      evidence: 'tested',
      source: { product: 'Go 1.19', page: 'https://pkg.go.dev/crypto/tls#Config' },
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate from Go',
      steps: ['Load certificate (with intermediates) and key, and give them to the transport.'],
      command: ({
        url,
      }) => `pair, err := tls.LoadX509KeyPair(${text(hole('CLIENT_CERT_FILE'))}, ${text(hole('CLIENT_KEY_FILE'))})
if err != nil {
	log.Fatal(err)
}
client := &http.Client{Transport: &http.Transport{
	Proxy:           http.ProxyFromEnvironment,
	TLSClientConfig: &tls.Config{Certificates: []tls.Certificate{pair}},
}}
response, err := client.Get(${text(url)})`,
      language: 'go',
      verify: clientCurlCheck,
      evidence: 'tested',
      source: { product: 'Go 1.19', page: 'https://pkg.go.dev/crypto/tls#LoadX509KeyPair' },
    },
    {
      jobs: ['sni-name'],
      side: 'client',
      title: 'Tell Go the name to send and to check',
      steps: [
        'net/http sends and checks the name in the URL. With crypto/tls alone give it as ServerName; only subject alternative names count, never the common name.',
      ],
      command: ({ connect, host }) =>
        `connection, err := tls.Dial("tcp", ${text(connect)}, &tls.Config{ServerName: ${text(host)}})`,
      language: 'go',
      verify: (facts) =>
        `openssl s_client -connect ${sh(facts.connect)} -servername ${sh(facts.host)} -verify_hostname ${sh(facts.host)} -verify_return_error -brief </dev/null`,
      evidence: 'tested',
      source: { product: 'Go 1.19', page: 'https://pkg.go.dev/crypto/tls#Config' },
    },
  ],
}
