/** JAX-WS (Metro, the reference implementation), and Apache CXF by its configuration file. */
import { javaLibrary } from '../java-library.ts'

export const javaJaxWs = javaLibrary({
  slug: 'java-jaxws',
  name: 'JAX-WS',
  source: { product: 'Metro 2.3 and later', page: 'https://eclipse-ee4j.github.io/metro-jax-ws/' },
  imports: ['jakarta.xml.ws.BindingProvider'],
  use: () => `// port is the proxy that your Service class returned
((BindingProvider) port).getRequestContext()
    .put("com.sun.xml.ws.transport.https.client.SSLSocketFactory", context.getSocketFactory());`,
  notes: [
    'Before Jakarta EE 9 the import is javax.xml.ws.BindingProvider; the copy inside Java 8 reads the key with "internal" after "sun.xml".',
    'The WSDL is fetched before there is a port: load it from the class path, or start the JVM with javax.net.ssl.trustStore.',
  ],
  evidence: 'documented',
})
