/** Apache HttpClient 5. */
import { javaLibrary } from '../java-library.ts'
import { java } from '../quote.ts'

export const javaApache = javaLibrary({
  slug: 'java-apache',
  name: 'Apache HttpClient 5',
  source: { product: 'Apache HttpClient 5.2', page: 'https://hc.apache.org/httpcomponents-client-5.4.x/examples.html' },
  imports: [
    'org.apache.hc.client5.http.classic.methods.HttpGet',
    'org.apache.hc.client5.http.impl.classic.CloseableHttpClient',
    'org.apache.hc.client5.http.impl.classic.HttpClients',
    'org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder',
    'org.apache.hc.client5.http.ssl.SSLConnectionSocketFactory',
  ],
  use: ({ url }) => `try (CloseableHttpClient client = HttpClients.custom()
    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
        .setSSLSocketFactory(new SSLConnectionSocketFactory(context))
        .build())
    .build()) {
  client.execute(new HttpGet(${java(url)}), response -> {
    System.out.println(response.getCode());
    return null;
  });
}`,
  notes: [
    'From 5.4 on write .setTlsSocketStrategy(new DefaultClientTlsStrategy(context)) in place of .setSSLSocketFactory; set no hostname verifier.',
  ],
  evidence: 'tested',
})
