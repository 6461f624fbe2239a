/** Apache Tomcat: server.xml. As a client it is Java. */
import { clientCurlCheck, fetchMissing, gatherSteps, missingFile, opensslCheck } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh, xml } from '../quote.ts'

const page = 'https://tomcat.apache.org/tomcat-10.1-doc/config/http.html#SSL_Support'
const product = 'Tomcat 10.1'
const reload = `curl -fsS -u manager ${sh('http://localhost:8080/manager/text/sslReload')}`

const name = ({ host }: Facts): string => (host.startsWith('<') ? host : xml(host))

const connector = (
  inside: string,
  more = '',
): string => `<Connector port="8443" protocol="org.apache.coyote.http11.Http11NioProtocol"
           SSLEnabled="true" scheme="https" secure="true"${more}>
${inside}
</Connector>`

const hostConfig = (facts: Facts, attributes = ''): string => `  <SSLHostConfig hostName="${name(facts)}"${attributes}>
    <Certificate certificateFile="${facts.job === 'serve-chain' ? hole('SERVER_CERT_FILE') : hole('NEW_CERT_FILE')}"
                 certificateKeyFile="${hole('SERVER_KEY_FILE')}"
                 certificateChainFile="${hole('INTERMEDIATES_FILE')}" />
  </SSLHostConfig>`

const byName = (facts: Facts): string => ` defaultSSLHostConfigName="${name(facts)}"`

export const tomcat: Platform = {
  slug: 'tomcat',
  name: 'Tomcat',
  group: 'servers',
  source: { product, page },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain' ? 'Serve the full chain from Tomcat' : 'Install the certificate in Tomcat',
      steps: (facts) => [
        ...(facts.job === 'serve-chain' ? gatherSteps(facts).slice(0, 1) : gatherSteps(facts).slice(0, -1)),
        'Tomcat takes the leaf and the intermediates in two files: certificateChainFile must not begin with the leaf.',
        'With a key store instead of PEM files, import the whole chain into the entry of the key.',
        'Reload through the manager application, or restart Tomcat.',
      ],
      prepare: (facts) =>
        facts.job === 'serve-chain'
          ? [...fetchMissing(facts), `cp ${sh(missingFile(facts))} ${sh(hole('INTERMEDIATES_FILE'))}`].join('\n')
          : '',
      command: (facts) => connector(hostConfig(facts), byName(facts)),
      language: 'xml',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'tested',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: [
        'Write one SSLHostConfig for each name, and say with defaultSSLHostConfigName which answers everybody else.',
      ],
      command: (facts) => connector(hostConfig(facts), byName(facts)),
      language: 'xml',
      reload,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let Tomcat accept these client certificates',
      steps: [
        'Demand a certificate, and name the CA of the clients; with JSSE and a key store the attribute is truststoreFile.',
      ],
      command: (facts) =>
        connector(
          hostConfig(
            { ...facts, job: 'serve-chain' },
            ` certificateVerification="required" caCertificateFile="${hole('CLIENT_CA_FILE')}"`,
          ),
          byName(facts),
        ),
      language: 'xml',
      reload,
      verify: clientCurlCheck,
      evidence: 'documented',
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Offer TLS 1.2 and 1.3',
      steps: ['Set protocols on the SSLHostConfig; TLS 1.3 needs Java 11, or 8u261.'],
      command: (facts) =>
        connector(hostConfig({ ...facts, job: 'serve-chain' }, ' protocols="TLSv1.2+TLSv1.3"'), byName(facts)),
      language: 'xml',
      reload,
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
    },
  ],
}
