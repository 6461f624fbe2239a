/** Java: stores made with keytool, and options of the JVM, which hold for every library that uses the default SSLContext. */

import { trustFile } from '../commands.ts'
import { javaCheck, javaVerify, keyOptions, makeKeyStore, makeTrustStore, trustOptions } from '../java-code.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { java as javaString, sh } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning, trustWord } from '../trust.ts'

const reference =
  'https://docs.oracle.com/en/java/javase/17/security/java-secure-socket-extension-jsse-reference-guide.html'
const proxies = 'https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/doc-files/net-properties.html'

export const java: Platform = {
  slug: 'java',
  name: 'Java',
  group: 'clients',
  source: { product: 'OpenJDK 17', page: reference },
  recipes: [
    {
      jobs: ['trust-ca', 'supply-intermediate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Give one Java program the CA'
          : 'Give one Java program the intermediate that the server does not send',
      steps: (facts) => [
        ...trustSteps(facts),
        'Make a trust store with the roots of the JDK and this certificate. A store with the certificate alone would lock out all public sites.',
        'Start the program with the two options, in its start script or in JAVA_TOOL_OPTIONS, with the full path of the store. The store is read at start.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `${makeTrustStore(facts)}\nexport JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=$PWD/trust.p12 -Djavax.net.ssl.trustStorePassword=changeit"`,
      verify: javaVerify,
      warning: trustWarning,
      evidence: 'tested',
    },
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give every program of this JDK the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Import it into the store of the JDK, as its owner. An update of the JDK may bring a new store without it.',
      ],
      prepare: trustPrepare,
      command: (facts) =>
        `keytool -importcert -cacerts -storepass changeit -alias ${sh(trustFile(facts).alias)} -file ${trustWord(facts)}`,
      verify: (facts) => javaCheck(facts, ''),
      warning: trustWarning,
      evidence: 'documented',
      source: { product: 'OpenJDK 17', page: 'https://docs.oracle.com/en/java/javase/17/docs/specs/man/keytool.html' },
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate from Java',
      steps: [
        'Put key, certificate and intermediates into one PKCS#12 file.',
        'Start the program with the three options. Code that builds an SSLContext of its own does not see them: the recipes of the libraries show what to do there.',
      ],
      prepare: makeKeyStore,
      command: `java ${keyOptions} -jar ${sh(hole('PROGRAM'))}`,
      verify: javaVerify,
      evidence: 'tested',
    },
    {
      jobs: ['sni-name'],
      side: 'client',
      title: 'Tell Java the name to send and to check',
      steps: [
        'HttpsURLConnection and java.net.http send and check the name in the URL: call the server by its name, not by an address.',
        'A bare SSLSocket does neither by itself: set both.',
      ],
      command: ({ host }) =>
        `SSLParameters parameters = socket.getSSLParameters();
parameters.setServerNames(List.of(new SNIHostName(${javaString(host)})));
parameters.setEndpointIdentificationAlgorithm("HTTPS");
socket.setSSLParameters(parameters);`,
      language: 'java',
      verify: (facts) => javaCheck(facts, facts.isPublic ? '' : trustOptions),
      evidence: 'documented',
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Use current roots in Java',
      steps: [
        'The roots come with the JDK: update it. On Debian and Ubuntu they come with the package ca-certificates-java.',
        'If the program is started with -Djavax.net.ssl.trustStore, that store counts instead: update it, or leave the option out.',
      ],
      command: `java -version\nkeytool -list -cacerts -storepass changeit | grep -c trustedCertEntry\napt-get install -y ca-certificates ca-certificates-java`,
      verify: (facts) => javaCheck(facts, ''),
      evidence: 'documented',
    },
    {
      jobs: ['protocol-version'],
      side: 'client',
      title: 'Let Java use TLS 1.2 and 1.3',
      steps: [
        'Remove jdk.tls.client.protocols and https.protocols from the start script, unless they hold both versions; TLS 1.3 needs Java 11, or 8u261.',
      ],
      command: `java -Djdk.tls.client.protocols=TLSv1.2,TLSv1.3 -jar ${sh(hole('PROGRAM'))}`,
      verify: (facts) =>
        javaCheck(facts, `-Djdk.tls.client.protocols=TLSv1.2,TLSv1.3${facts.isPublic ? '' : ` ${trustOptions}`}`),
      evidence: 'documented',
    },
    {
      jobs: ['use-proxy'],
      side: 'client',
      title: 'Give Java the right proxy',
      steps: [
        'Name the proxy for https; http.nonProxyHosts lists what is called directly, parted by "|", and holds for https too.',
        'Basic credentials for the tunnel are off by default (jdk.http.auth.tunneling.disabledSchemes), so status 407 may have to be settled with the proxy team.',
      ],
      command: `java ${sh(`-Dhttps.proxyHost=${hole('PROXY_HOST')}`)} ${sh(`-Dhttps.proxyPort=${hole('PROXY_PORT')}`)} -jar ${sh(hole('PROGRAM'))}`,
      verify: (facts) =>
        javaCheck(
          facts,
          `${sh(`-Dhttps.proxyHost=${hole('PROXY_HOST')}`)} ${sh(`-Dhttps.proxyPort=${hole('PROXY_PORT')}`)}`,
        ),
      evidence: 'documented',
      source: { product: 'OpenJDK 17', page: proxies },
    },
  ],
}
