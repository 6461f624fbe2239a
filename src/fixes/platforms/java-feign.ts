/** OpenFeign, with its default client. */
import { javaLibrary } from '../java-library.ts'
import { java } from '../quote.ts'

export const javaFeign = javaLibrary({
  slug: 'java-feign',
  name: 'OpenFeign',
  source: {
    product: 'OpenFeign 13',
    page: 'https://github.com/OpenFeign/feign/blob/master/core/src/main/java/feign/Client.java',
  },
  imports: ['feign.Client', 'feign.Feign'],
  use: ({ url }) => `Api api = Feign.builder() // Api is your interface
    .client(new Client.Default(context.getSocketFactory(), null)) // null: names are checked as Java does by default
    .target(Api.class, ${java(url)});`,
  notes: [
    'Feign over OkHttp or Apache HttpClient takes the client that their recipes build; with Spring Cloud, publish the Client as a bean.',
  ],
  evidence: 'documented',
})
