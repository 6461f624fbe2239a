/** Spring Boot: an SSL bundle in the configuration, applied to RestTemplate and WebClient. */

import { trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { javaVerify, makeTrustStore } from '../java-code.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { java, yaml } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

const bundles = 'https://docs.spring.io/spring-boot/reference/features/ssl.html'
const clients = 'https://docs.spring.io/spring-boot/reference/io/rest-client.html'

const settings = (facts: Facts): string =>
  facts.job === 'client-certificate'
    ? `spring:
  ssl:
    bundle:
      pem:
        partner:
          keystore:
            certificate: ${yaml(`file:${hole('CLIENT_CERT_FILE')}`)}
            private-key: ${yaml(`file:${hole('CLIENT_KEY_FILE')}`)}`
    : `spring:
  ssl:
    bundle:
      pem:
        partner:
          truststore:
            certificate: ${yaml(`file:${trustFile(facts).file}`)}`

const noteOnRoots = 'A bundle with a trust store knows this CA only: use it for this server, not for public ones.'

export const javaSpring: Platform = {
  slug: 'java-spring',
  name: 'Spring Boot',
  group: 'java',
  source: { product: 'Spring Boot 3.1 to 3.5', page: bundles },
  recipes: [
    {
      jobs: ['trust-ca', 'client-certificate'],
      side: 'client',
      title: (facts) =>
        facts.job === 'trust-ca'
          ? 'Describe the CA as an SSL bundle'
          : 'Describe the client certificate as an SSL bundle',
      steps: (facts) => [
        ...(facts.job === 'trust-ca'
          ? [...trustSteps(facts), noteOnRoots]
          : ['Name certificate (with intermediates) and key; the key has to be in PEM.']),
        'Put the bundle into application.yml, and use it in RestTemplate or WebClient as the other recipes of this platform show.',
      ],
      prepare: (facts) => (facts.job === 'trust-ca' ? `${trustPrepare(facts)}\n${makeTrustStore(facts)}` : ''),
      command: settings,
      language: 'yaml',
      verify: javaVerify,
      warning: (facts) => (facts.job === 'trust-ca' ? trustWarning(facts) : ''),
      evidence: 'documented',
    },
    {
      jobs: ['trust-ca', 'client-certificate'],
      side: 'client',
      title: 'Use the bundle in RestTemplate',
      steps: [
        'Describe the bundle first, as the first recipe shows.',
        'From Spring Boot 3.4 on the method is called sslBundle; before that it is setSslBundle.',
      ],
      command: ({ url }) => `@Bean
RestTemplate partnerTemplate(RestTemplateBuilder builder, SslBundles bundles) {
  return builder.rootUri(${java(url)}).sslBundle(bundles.getBundle("partner")).build();
}`,
      language: 'java',
      verify: javaVerify,
      evidence: 'documented',
      source: { product: 'Spring Boot 3.4', page: clients },
    },
    {
      jobs: ['trust-ca', 'client-certificate'],
      side: 'client',
      title: 'Use the bundle in WebClient',
      steps: [
        'Describe the bundle first, as the first recipe shows.',
        'WebClientSsl is there as a bean when an SSL bundle is configured.',
      ],
      command: ({ url }) => `@Bean
WebClient partnerClient(WebClient.Builder builder, WebClientSsl ssl) {
  return builder.baseUrl(${java(url)}).apply(ssl.fromBundle("partner")).build();
}`,
      language: 'java',
      verify: javaVerify,
      evidence: 'documented',
      source: { product: 'Spring Boot 3.1 and later', page: clients },
    },
  ],
}
