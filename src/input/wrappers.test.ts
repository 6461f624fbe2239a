/** Certificates inside of something else: headers, source code, dumps, keys and metadata. Each keeps its place. */
import { describe, expect, it } from 'vitest'
import { modernP12, trustJks } from './testing/keystores.ts'
import { crlPem, issuingPem, leafPem, pkcs7Pem, requestPem, rootPem } from './testing/pki.ts'
import { at, certificateIn, read } from './testing/reading.ts'

const [leaf, issuing, root] = ['shop.harbour.example', 'Harbour TLS CA 2', 'Harbour Root R1']
const base64 = (pem: string): string => pem.split('\n').slice(1, -2).join('')
const bytes = (pem: string): Uint8Array => Uint8Array.from(atob(base64(pem)), (character) => character.charCodeAt(0))
const hex = (pem: string): string => Array.from(bytes(pem), (byte) => byte.toString(16).padStart(2, '0')).join('')
const lines = leafPem.trimEnd().split('\n')
const literal = (pem: string): string => pem.replaceAll('\n', '\\n')
const both = leafPem + issuingPem

/** Form encoding but for what AWS leaves as it is. */
const awsEncoded = (pem: string): string =>
  encodeURIComponent(pem).replace(/%2B/g, '+').replace(/%2F/g, '/').replace(/%3D/g, '=')
const pairs = (text: string): string[] => text.match(/../g) ?? []
const rows = (items: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, row * size + size))
const ascii = (row: readonly string[]): string =>
  row
    .map((pair) => Number.parseInt(pair, 16))
    .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.'))
    .join('')
const offset = (row: number, digits: number): string => (row * 16).toString(16).padStart(digits, '0')
/** How Python prints bytes. */
const pythonBytes = (pem: string): string =>
  `b'${pairs(hex(pem))
    .map((pair) => {
      const code = Number.parseInt(pair, 16)
      if (code === 0x0a) return '\\n'
      if (code === 0x0d) return '\\r'
      if (code === 0x09) return '\\t'
      if (code === 0x27 || code === 0x5c) return `\\${String.fromCharCode(code)}`
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : `\\x${pair}`
    })
    .join('')}'`

interface Wrapper {
  readonly text: string
  readonly found: readonly string[]
  /** What the place of the first certificate has to hold. */
  readonly place?: string
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  // Headers of proxies and gateways
  'X-Forwarded-Client-Cert with certificate and chain': {
    text: `x-forwarded-client-cert: By=spiffe://a/b;Hash=${'ab'.repeat(32)};Cert="${encodeURIComponent(leafPem)}";Chain="${encodeURIComponent(both)}";Subject="CN=shop.harbour.example,O=Quay Shop";URI=spiffe://a/shop;DNS=shop.harbour.example`,
    found: [leaf, leaf, issuing],
  },
  'X-Amzn-Mtls-Clientcert, with plus signs that are plus signs': {
    text: `X-Amzn-Mtls-Clientcert: ${awsEncoded(leafPem)}`,
    found: [leaf],
  },
  'X-Amzn-Mtls-Clientcert-Leaf': {
    text: `x-amzn-mtls-clientcert-leaf: ${awsEncoded(leafPem)}\r\nx-amzn-mtls-clientcert-issuer: CN=a\r\n`,
    found: [leaf],
  },
  $ssl_client_escaped_cert: { text: `X-SSL-Client-Cert: ${encodeURIComponent(leafPem)}`, found: [leaf] },
  '$ssl_client_cert, whose lines begin with tabs': {
    text: `X-SSL-Client-Cert: ${leafPem.trimEnd().replaceAll('\n', '\n\t')}\nHost: a\n`,
    found: [leaf],
  },
  'a header with blanks for line ends': { text: `SSL_CLIENT_CERT: ${leafPem.replaceAll('\n', ' ')}`, found: [leaf] },
  'Client-Cert of RFC 9440': {
    text: `Client-Cert: :${base64(leafPem)}:\nClient-Cert-Chain: :${base64(issuingPem)}:, :${base64(rootPem)}:\n`,
    found: [leaf, issuing, root],
  },
  'X-ARR-ClientCert of Azure': { text: `X-ARR-ClientCert: ${base64(leafPem)}`, found: [leaf] },
  'a header of Cloudflare': { text: `Cf-Client-Cert-Der-Base64: ${base64(leafPem)}`, found: [leaf] },

  // Source code
  'bytes of Python': { text: `cert = b'${literal(leafPem)}'`, found: [leaf] },
  'joined bytes of Python': {
    text: `cert = (\n${lines.map((line) => `    b"${line}\\n"`).join('\n')}\n)`,
    found: [leaf],
  },
  'a raw string of Python': { text: `cert = r"""${leafPem}"""`, found: [leaf] },
  'DER as Python prints it': {
    text: `>>> s.getpeercert(True)\n${pythonBytes(leafPem)}\n`,
    found: [leaf],
    place: pythonBytes(leafPem),
  },
  'bytes of Go': { text: `var cert = []byte("${literal(leafPem)}")`, found: [leaf] },
  'joined strings of Go': {
    text: `const cert = ""+\n${lines.map((line) => `\t"${line}\\n"`).join(' +\n')}`,
    found: [leaf],
  },
  'a raw string of Go': { text: `var cert = \`${leafPem}\``, found: [leaf] },
  'numbers of Go': {
    text: `der := []byte{${pairs(hex(leafPem))
      .map((pair) => `0x${pair}`)
      .join(', ')}}`,
    found: [leaf],
  },
  'joined strings of C': {
    text: `static const char cert[] =\n${lines.map((line) => `  "${line}\\r\\n"`).join('\n')};`,
    found: [leaf],
  },
  'numbers of C, as xxd -i writes them': {
    text: `unsigned char leaf_der[] = {\n${rows(pairs(hex(leafPem)), 12)
      .map((row) => `  ${row.map((pair) => `0x${pair}`).join(', ')}`)
      .join(',\n')}\n};\nunsigned int leaf_der_len = 561;\n`,
    found: [leaf],
  },
  'escapes of C': {
    text: `char der[] = "${pairs(hex(leafPem))
      .map((pair) => `\\x${pair}`)
      .join('')}";`,
    found: [leaf],
  },
  'a text block of Java': { text: `String cert = """\n    ${leafPem.replaceAll('\n', '\n    ')}""";`, found: [leaf] },
  'strings of Java with their line ends': {
    text: `String c = ${lines.map((line) => `"${line}\\n"`).join('\n    + ')};`,
    found: [leaf],
  },
  'a template of JavaScript': { text: `const cert = \`\n${leafPem}\`.trim()`, found: [leaf] },
  'an array of JavaScript': {
    text: `const cert = [\n${lines.map((line) => `  '${line}',`).join('\n')}\n].join('\\n')`,
    found: [leaf],
  },
  'a verbatim string of C#': { text: `var pem = @"${leafPem}";`, found: [leaf] },
  'numbers of C#': {
    text: `byte[] der = { ${pairs(hex(leafPem))
      .map((pair) => `0x${pair.toUpperCase()}`)
      .join(',')} };`,
    found: [leaf],
  },
  'a here-string of PowerShell': { text: `$cert = @"\n${leafPem}"@`, found: [leaf] },
  'a here-document of a shell': { text: `cat > a.pem <<'EOF'\n${leafPem}EOF\n`, found: [leaf] },
  'a string in a string': { text: JSON.stringify({ a: JSON.stringify({ cert: leafPem }) }), found: [leaf] },

  // Dumps
  'plain hexadecimal': { text: `der: ${hex(leafPem)}`, found: [leaf], place: hex(leafPem) },
  'plain hexadecimal in lines': {
    text: hex(leafPem)
      .replace(/(.{64})/g, '$1\n')
      .toUpperCase(),
    found: [leaf],
  },
  'hexadecimal with colons': { text: `Certificate: ${pairs(hex(leafPem)).join(':')}`, found: [leaf] },
  'hexadecimal with blanks': { text: pairs(hex(leafPem)).join(' '), found: [leaf] },
  'a column of a database': { text: `cert\n------\n\\x${hex(leafPem)}\n(1 row)\n`, found: [leaf] },
  'a value of SQL Server': { text: `0x${hex(leafPem).toUpperCase()}`, found: [leaf] },
  xxd: {
    text: rows(pairs(hex(leafPem)), 16)
      .map(
        (row, index) =>
          `${offset(index, 8)}: ${rows(row, 2)
            .map((two) => two.join(''))
            .join(' ')
            .padEnd(39)}  ${ascii(row)}`,
      )
      .join('\n'),
    found: [leaf],
  },
  'hexdump -C': {
    text: `${rows(pairs(hex(leafPem)), 16)
      .map(
        (row, index) =>
          `${offset(index, 8)}  ${row.slice(0, 8).join(' ').padEnd(23)}  ${row.slice(8).join(' ').padEnd(23)}  |${ascii(row)}|`,
      )
      .join('\n')}\n00000231\n`,
    found: [leaf],
  },
  'od -A x -t x1': {
    text: rows(pairs(hex(leafPem)), 16)
      .map((row, index) => `${offset(index, 6)} ${row.join(' ')}`)
      .join('\n'),
    found: [leaf],
  },
  'a dump of Wireshark': {
    text: rows(pairs(hex(leafPem)), 16)
      .map((row, index) => `${offset(index, 4)}   ${row.join(' ').padEnd(47)}   ${ascii(row)}`)
      .join('\n'),
    found: [leaf],
  },
  'a dump within a sentence': {
    text: `The certificate:\n\n${rows(pairs(hex(leafPem)), 16)
      .map((row, index) => `${offset(index, 8)}: ${row.join(' ')}`)
      .join('\n')}\n\nCan you look?`,
    found: [leaf],
  },
  'two certificates in one dump': {
    text: hex(leafPem) + hex(issuingPem),
    found: [leaf, issuing],
  },
  'a registry file': {
    text: `"Blob"=hex:${rows(pairs(hex(leafPem)), 24)
      .map((row) => row.join(','))
      .join(',\\\n  ')}`,
    found: [leaf],
  },

  // Keys and metadata
  'x5c of a JSON Web Key': {
    text: JSON.stringify({ kty: 'EC', x5c: [base64(leafPem), base64(issuingPem)], kid: 'a' }, null, 2),
    found: [leaf, issuing],
  },
  'a set of JSON Web Keys': {
    text: JSON.stringify({
      keys: [
        { kid: '1', x5c: [base64(leafPem)] },
        { kid: '2', x5c: [base64(issuingPem)] },
      ],
    }),
    found: [leaf, issuing],
  },
  'x5c with escaped slashes': {
    text: JSON.stringify({ x5c: [base64(leafPem)] }).replaceAll('/', '\\/'),
    found: [leaf],
  },
  'metadata of SAML': {
    text: `<KeyDescriptor use="signing"><KeyInfo><X509Data><X509Certificate>${base64(leafPem)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
    found: [leaf],
  },
  'metadata of SAML in lines': {
    text: `<ds:X509Certificate>\n          ${base64(leafPem).replace(/(.{76})/g, '$1\n          ')}\n        </ds:X509Certificate>`,
    found: [leaf],
  },
  'metadata of SAML with escaped line ends': {
    text: `<ds:X509Certificate>${base64(leafPem).replace(/(.{64})/g, '$1&#13;\n')}</ds:X509Certificate>`,
    found: [leaf],
  },
  'CDATA of XML': { text: `<cert><![CDATA[${leafPem}]]></cert>`, found: [leaf] },
  'a cell of CSV': { text: `host,cert\nshop.harbour.example,"${leafPem}"\n`, found: [leaf] },
  LDIF: { text: `userCertificate;binary:: ${base64(leafPem).replace(/(.{60})/g, '$1\n ')}\n`, found: [leaf] },

  // Configuration
  'a Secret of Kubernetes': {
    text: `apiVersion: v1\ndata:\n  tls.crt: ${btoa(both)}\n  tls.key: ""\n`,
    found: [leaf, issuing],
  },
  'a kubeconfig': {
    text: `clusters:\n- cluster:\n    certificate-authority-data: ${btoa(rootPem)}\n    server: https://a.example:6443\nusers:\n- user:\n    client-certificate-data: ${btoa(leafPem)}\n`,
    found: [root, leaf],
  },
  'an annotation of kubectl': {
    text: `    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","data":{"ca.crt":"${literal(rootPem)}"}}\n`,
    found: [root],
  },
  'values of Helm': {
    text: `caBundle: ${btoa(rootPem)}\nextra:\n  ca: |-\n    ${leafPem.replaceAll('\n', '\n    ')}\n`,
    found: [root, leaf],
  },
  'a heredoc of Terraform': {
    text: `certificate_body = <<-EOT\n    ${leafPem.replaceAll('\n', '\n    ')}EOT\n`,
    found: [leaf],
  },
  'a plan of Terraform': {
    text: `  + ca_cert = <<-EOT\n        ${leafPem.trimEnd().replaceAll('\n', '\n        ')}\n    EOT\n`,
    found: [leaf],
  },
  'a variable of Ansible': { text: `tls_cert: >-\n  ${leafPem.trimEnd().replaceAll('\n', '\n  ')}\n`, found: [leaf] },
  'an .env file': { text: `CERT="${literal(leafPem)}"\n`, found: [leaf] },
  'an .env file with doubled backslashes': { text: `CERT="${leafPem.replaceAll('\n', '\\\\n')}"\n`, found: [leaf] },
  'an inline file of OpenVPN': { text: `<ca>\n${rootPem}</ca>\n<cert>\n${leafPem}</cert>\n`, found: [root, leaf] },
  'a profile of Apple': {
    text: `<key>PayloadContent</key>\n<data>\n\t\t${base64(rootPem).replace(/(.{52})/g, '$1\n\t\t')}\n\t\t</data>`,
    found: [root],
  },
}

describe('wrappers: a certificate is read from', () => {
  for (const [name, { text, found, place }] of Object.entries(wrappers)) {
    it(name, () => {
      const document = read(text)
      const blocks = document.captures.flatMap((capture) => capture.blocks)
      expect(blocks.map(certificateIn)).toEqual(found)
      for (const block of blocks) {
        expect(block.truncated).toBe(false)
        const { start, end } = block.span
        expect(start >= 0 && start < end && end <= text.length).toBe(true)
      }
      if (place !== undefined) expect(at(text, blocks[0]?.span)).toBe(place)
      expect(document.skipped).toEqual([])
      expect(document.secrets).toEqual([])
    })
  }
})

describe('wrappers: what is in base64 and is no certificate', () => {
  const bare = (data: Uint8Array): string => btoa(String.fromCharCode(...data))
  const only = (text: string) => read(text).captures.flatMap((capture) => capture.blocks.map((block) => block.label))

  it('PKCS#7, a CRL and a request without their markers are what they are', () => {
    expect(only(`p7: ${base64(pkcs7Pem)}`)).toEqual(['PKCS7'])
    expect(only(`crl: ${base64(crlPem)}`)).toEqual(['X509 CRL'])
    expect(only(`csr: ${base64(requestPem)}`)).toEqual(['CERTIFICATE REQUEST'])
  })

  it('a key store is named, with what to do', () => {
    for (const [data, kind] of [
      [modernP12, 'PKCS#12'],
      [trustJks, 'Java'],
    ] as const) {
      const text = `data:\n  keystore: ${bare(data)}\n  other: x\n`
      const { skipped, secrets } = read(text)
      expect(skipped.map(({ reason }) => reason)).toEqual([
        `A ${kind} key store in base64. Decode it (base64 -d) into a file, and add that file.`,
      ])
      expect(at(text, skipped[0]?.span)).toBe(bare(data))
      expect(secrets).toEqual([])
    }
  })
})

describe('wrappers: hexadecimal that is none', () => {
  it('a digest, a session ticket and a cut dump are no certificates', () => {
    for (const text of [
      'sha256 30820122308201'.padEnd(70, 'a'),
      'Session-ID: 3082AABB30'.padEnd(76, '0'),
      hex(leafPem).slice(0, 120),
    ])
      expect(read(text).captures).toEqual([])
  })

  it('a private key is a secret and is not decoded', () => {
    const der = Uint8Array.from([
      0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
      0x01, 0x05, 0x00, 0x04, 0x81, 0xe9,
    ])
    const digits = Array.from({ length: 260 }, (_, index) => (der[index] ?? 0).toString(16).padStart(2, '0')).join('')
    const document = read(`key = ${digits}`)
    expect(document.secrets.map(({ kind }) => kind)).toEqual(['private key'])
    expect(document.captures.flatMap((capture) => capture.blocks.map((block) => block.der))).toEqual([undefined])
  })

  it('a dump that ends too soon is a certificate that is cut off', () => {
    const document = read(`der: ${hex(leafPem).slice(0, 800)}`)
    expect(document.captures[0]?.blocks[0]?.truncated).toBe(true)
    expect(document.skipped[0]?.reason).toContain('bytes are missing')
  })

  it('much of it is read in little time', () => {
    for (const unit of [
      '30820100308201',
      '00000000: 3082 0100 3082 0100\n',
      '3082ffff308201',
      '0x30, 0x82, ',
      "b'0\\x82",
    ])
      read(unit.repeat(40_000))
  })
})
