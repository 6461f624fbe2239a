/** What only the reader can fill in. It is written as `<NAME>` everywhere, and this table says what each name stands for. */
import type { FixPlaceholder } from '../core/finding.ts'

const meanings = {
  HOST: 'the host name that clients use',
  CONNECT_TO: 'address and port of the server, as 10.0.0.5:443',
  GATEWAY_URL: 'a URL that the gateway passes on to this server',
  SERVER_CERT_FILE: 'the file with the certificate that the server presents now',
  NEW_CERT_FILE: 'the file with the new certificate, as the CA delivered it',
  SERVER_KEY_FILE: 'the file with the private key of that certificate',
  FULL_CHAIN_FILE: 'where the file with leaf and intermediates is to be, with its full path',
  INTERMEDIATE_FILE: 'the file with the intermediate certificate, from the CA that issued the server certificate',
  CLIENT_CERT_FILE: 'the file with the certificate of the client and its intermediates (PEM)',
  CLIENT_KEY_FILE: 'the file with the private key of the client (PEM)',
  CLIENT_INTERMEDIATES_FILE: 'the file with the intermediates of the client certificate (PEM)',
  CLIENT_P12_FILE: 'a PKCS#12 file with key, certificate and intermediates of the client',
  CLIENT_CA_FILE: 'the file with the CA that issued the client certificates (PEM)',
  PASSWORD: 'a password of your own',
  UPSTREAM_NAME: 'the name of the backend in the configuration',
  CLIENT_SSL_PROFILE: 'the Client SSL profile of the virtual server',
  SERVER_SSL_PROFILE: 'the Server SSL profile of the virtual server',
  CERT_OBJECT: 'the certificate object, as the list prints it',
  KEY_OBJECT: 'the key object, as the list prints it',
  CHAIN_OBJECT: 'the certificate object with the intermediates of the client',
  UUID: 'a UUID of your own, the same in every place',
  CHAIN_PEM: 'the text of the file with leaf and intermediates, each line indented as this one',
  CA_PEM: 'the text of the root certificate in PEM, each line indented as this one',
  ADMIN_URL: 'the address of the Admin API, as http://localhost:8001',
  SERVICE: 'the name of the service in Kong',
  CERTIFICATE_ID: 'the id that the previous command printed',
  ZONE_ID: 'the id of the zone, on its overview page in the dashboard',
  API_TOKEN: 'an API token with the permission SSL and Certificates: Edit',
  ORIGIN_ADDRESS: 'the IP address of the origin server',
  CERTIFICATE_ARN: 'the ARN of the certificate in ACM',
  LISTENER_ARN: 'the ARN of the HTTPS listener',
  BUCKET: 'the S3 bucket with the CA bundle',
  TRUST_STORE_ARN: 'the ARN that the previous command printed',
  SITE: 'the name of the site in IIS',
  PFX_FILE: 'a PFX file with certificate, intermediates and key',
  THUMBPRINT: 'the SHA-1 thumbprint that the previous command printed',
  APP_ID: 'a GUID that names the application of the binding',
  NAMESPACE: 'the Kubernetes namespace',
  INGRESS: 'the name of the Ingress',
  SECRET: 'the name of the Kubernetes secret',
  GATEWAY_NAMESPACE: 'the namespace of the gateway pods, as istio-system',
  IMAGE: 'a repository and tag in the registry',
  PROGRAM: 'the command that starts the program',
  PACKAGE: 'the name of a package',
  PATH: 'the path of the repository on the server',
  PROXY_HOST: 'the host name of the proxy',
  PROXY_PORT: 'the port of the proxy',
  ROOT_FILE: 'the file with the root certificate (PEM)',
  INTERMEDIATES_FILE: 'the file with the intermediate certificates (PEM)',
  LEAF_FILE: 'the file with the certificate to check (PEM)',
} as const satisfies Readonly<Record<string, string>>

export type PlaceholderName = keyof typeof meanings

/** The placeholder as it stands in a text. */
export const hole = (name: PlaceholderName): string => `<${name}>`

const marked = /<([A-Z][A-Z0-9_]*)>/g

/** The placeholders in texts, each once, in order of appearance. Other words between angle brackets are none. */
export function placeholdersIn(texts: readonly (string | undefined)[]): FixPlaceholder[] {
  const names = texts.flatMap((text) => [...(text ?? '').matchAll(marked)].map((match) => match[1] as string))
  return [...new Set(names)].flatMap((name) =>
    Object.hasOwn(meanings, name) ? { name, meaning: meanings[name as PlaceholderName] } : [],
  )
}

/** Every placeholder there is, for tests. */
export const allPlaceholders = Object.keys(meanings) as readonly PlaceholderName[]
