/** java.net.http.HttpClient, part of Java since 11. */
import { javaLibrary } from '../java-library.ts'
import { java } from '../quote.ts'

export const javaHttpClient = javaLibrary({
  slug: 'java-httpclient',
  name: 'java.net.http.HttpClient',
  source: {
    product: 'OpenJDK 17',
    page: 'https://docs.oracle.com/en/java/javase/17/docs/api/java.net.http/java/net/http/HttpClient.Builder.html',
  },
  imports: ['java.net.URI', 'java.net.http.HttpClient', 'java.net.http.HttpRequest', 'java.net.http.HttpResponse'],
  use: ({ url }) => `HttpClient client = HttpClient.newBuilder().sslContext(context).build();
HttpRequest request = HttpRequest.newBuilder(URI.create(${java(url)})).build();
HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.statusCode());`,
  notes: ['The client sends and checks the name in the URI.'],
  evidence: 'tested',
})
