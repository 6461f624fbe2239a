/** What the recipes of Java and of its HTTP libraries share: stores made with keytool, and the code that reads them. */
import { trustFile } from './commands.ts'
import type { Facts } from './facts.ts'
import { hole } from './placeholders.ts'
import { java, sh } from './quote.ts'
import { trustPrepare, trustWord } from './trust.ts'

const jdkRoots = `"\${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v keytool)")")")}/lib/security/cacerts"`

/** The default roots of the JDK and one more, in trust.p12. `changeit` is the password that JDKs come with: the store holds nothing secret. */
export const makeTrustStore = (facts: Facts): string =>
  [
    `keytool -importkeystore -noprompt -srckeystore ${jdkRoots} -srcstorepass changeit -destkeystore trust.p12 -deststoretype PKCS12 -deststorepass changeit`,
    `keytool -importcert -noprompt -alias ${sh(trustFile(facts).alias)} -file ${trustWord(facts)} -keystore trust.p12 -storetype PKCS12 -storepass changeit`,
  ].join('\n')

/** Key, certificate and intermediates of the client, in client.p12. */
export const makeKeyStore = `openssl pkcs12 -export -in ${sh(hole('CLIENT_CERT_FILE'))} -inkey ${sh(hole('CLIENT_KEY_FILE'))} -name client -out client.p12 -passout ${sh(`pass:${hole('PASSWORD')}`)}`

/** The options by which a JVM uses these stores. */
export const trustOptions = '-Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit'
export const keyOptions = `-Djavax.net.ssl.keyStore=client.p12 -Djavax.net.ssl.keyStoreType=PKCS12 ${sh(`-Djavax.net.ssl.keyStorePassword=${hole('PASSWORD')}`)}`

const program =
  'public class Check { public static void main(String[] a) throws Exception { System.out.println(((java.net.HttpURLConnection) new java.net.URL(a[0]).openConnection()).getResponseCode()); } }'

/** A request by the JVM itself; prints the status, or fails with the exception. Needs a JDK of 11 or later. */
export const javaCheck = (facts: Facts, options: string): string =>
  `printf '%s\\n' ${sh(program)} > Check.java && java ${options === '' ? '' : `${options} `}Check.java ${sh(facts.url)}`

/** The check for the job at hand. */
export function javaVerify(facts: Facts): string {
  if (facts.job !== 'client-certificate') return javaCheck(facts, trustOptions)
  return javaCheck(facts, facts.isPublic ? keyOptions : `${trustOptions} ${keyOptions}`)
}

/** Commands that make the store that the code reads. */
export const javaPrepare = (facts: Facts): string =>
  facts.job === 'client-certificate' ? makeKeyStore : `${trustPrepare(facts)}\n${makeTrustStore(facts)}`

/** Lines that end with an SSLContext named `context` (and, for trust, a TrustManagerFactory named `trusted`). */
export const contextCode = (facts: Facts): string =>
  facts.job === 'client-certificate'
    ? `KeyStore own = KeyStore.getInstance(new File("client.p12"), ${java(hole('PASSWORD'))}.toCharArray());
KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
keys.init(own, ${java(hole('PASSWORD'))}.toCharArray());
TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
trusted.init((KeyStore) null); // the default roots, or the store named by javax.net.ssl.trustStore
SSLContext context = SSLContext.getInstance("TLS");
context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);`
    : `KeyStore store = KeyStore.getInstance(new File("trust.p12"), "changeit".toCharArray());
TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
trusted.init(store);
SSLContext context = SSLContext.getInstance("TLS");
context.init(null, trusted.getTrustManagers(), null);`

/** The imports that {@link contextCode} needs, and those of a library. */
export const imports = (facts: Facts, ...more: readonly string[]): string =>
  [
    'java.io.File',
    'java.security.KeyStore',
    ...(facts.job === 'client-certificate' ? ['javax.net.ssl.KeyManagerFactory'] : []),
    'javax.net.ssl.SSLContext',
    'javax.net.ssl.TrustManagerFactory',
    ...more,
  ]
    .sort()
    .map((name) => `import ${name};`)
    .join('\n')
