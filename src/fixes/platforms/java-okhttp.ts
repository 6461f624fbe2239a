/** OkHttp 3 and later. */
import { javaLibrary } from '../java-library.ts'
import { java } from '../quote.ts'

export const javaOkHttp = javaLibrary({
  slug: 'java-okhttp',
  name: 'OkHttp',
  source: { product: 'OkHttp 3.13 and 4', page: 'https://square.github.io/okhttp/features/https/' },
  imports: ['javax.net.ssl.X509TrustManager', 'okhttp3.OkHttpClient', 'okhttp3.Request', 'okhttp3.Response'],
  use: ({ url }) => `OkHttpClient client = new OkHttpClient.Builder()
    .sslSocketFactory(context.getSocketFactory(), (X509TrustManager) trusted.getTrustManagers()[0])
    .build();
try (Response response = client.newCall(new Request.Builder().url(${java(url)}).build()).execute()) {
  System.out.println(response.code());
}`,
  notes: ['Give the trust manager together with the socket factory, and set no hostnameVerifier.'],
  evidence: 'tested',
})
