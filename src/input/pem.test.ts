import { describe, expect, it } from 'vitest'
import { MappedText } from './mapped-text.ts'
import { findPem } from './pem.ts'
import { readDocument } from './read.ts'
import { crlPem, issuingPem, leafPem, pkcs7Pem, publicKeyPem, requestPem, rootPem, trustedPem } from './testing/pki.ts'
import { at, certificateIn, certificatesIn, read } from './testing/reading.ts'

const leaf = 'shop.harbour.example'
const issuing = 'Harbour TLS CA 2'
const lines = leafPem.trimEnd().split('\n')
const body = lines.slice(1, -1)
const both = leafPem + issuingPem
const literal = (pem: string, end: string) => pem.trimEnd().split('\n').join(end)
/** A PKCS#8 structure for P-256 with zeros in place of a key. */
const noKey = Uint8Array.from([
  ...[0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
  ...[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d],
  ...Array(0x6d).fill(0),
])
const noKeyBase64 = btoa(String.fromCharCode(...noKey))
const keyPem = `-----BEGIN PRIVATE KEY-----\n${noKeyBase64.replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`

describe('pem: decodes a certificate that was', () => {
  const shapes: Readonly<Record<string, string>> = {
    'left as it is': leafPem,
    indented: leafPem.replace(/^/gm, '      '),
    'indented with tabs': leafPem.replace(/^/gm, '\t\t'),
    quoted: leafPem.replace(/^/gm, '> '),
    'given CRLF': leafPem.replaceAll('\n', '\r\n'),
    'put on one line with spaces': literal(leafPem, ' '),
    'put on one line with literal \\n': literal(leafPem, '\\n'),
    'put on one line with literal \\r\\n': literal(leafPem, '\\r\\n'),
    'put into a JSON string': JSON.stringify({ certificate: leafPem, other: 1 }),
    'put into JSON with escaped slashes': JSON.stringify({ certificate: leafPem }).replaceAll('/', '\\/'),
    'put into JSON with escaped plus signs': JSON.stringify({ certificate: leafPem }).replaceAll('+', '\\u002b'),
    'put into JSON twice': JSON.stringify(JSON.stringify({ certificate: leafPem })).replaceAll('\\\\n', '\\n'),
    'put into an .env file': `TLS_CERT="${literal(leafPem, '\\n')}"\n`,
    'given blank lines': leafPem.replaceAll('\n', '\n\n'),
    'left without line ends at all': literal(leafPem, ''),
    'URL-encoded': `cert=${encodeURIComponent(leafPem)}`,
    'URL-encoded as a form': `cert=${encodeURIComponent(leafPem).replaceAll('%20', '+')}`,
    'encoded with the URL-safe alphabet': [
      lines[0],
      ...body.map((line) => line.replaceAll('+', '-').replaceAll('/', '_')),
      lines.at(-1),
    ].join('\n'),
    'left without padding': leafPem.replace(/=+\n/, '\n'),
    'wrapped at another width': `${lines[0]}\n${body.join('').replace(/(.{40})/g, '$1\n')}\n${lines.at(-1)}\n`,
    'left with fewer dashes': leafPem.replaceAll('-----', '---'),
    'given longer dashes': leafPem.replaceAll('-----', '\u2014\u2014'),
    'put into a diff': leafPem.replace(/^(?=.)/gm, '+'),
    'concatenated in JavaScript': lines.map((line) => `  '${line}\\n'`).join(' +\n'),
    'concatenated in Java': lines.map((line) => `    "${line}\\n"`).join(' +\n'),
    'concatenated with leading plus signs': lines.map((line) => `    + "${line}\\n"`).join('\n'),
    'concatenated in PHP': lines.map((line) => `"${line}\\n"`).join(' .\n'),
    'concatenated in C': lines.map((line) => `"${line}\\n"`).join('\n'),
    'put into an array': `[${lines.map((line) => `"${line}"`).join(',\n')}]`,
    'continued with backslashes': lines.join('\\\n'),
    'put into a comment': leafPem.replace(/^/gm, '# '),
    'put into a YAML block': `tls.crt: |\n${leafPem.replace(/^/gm, '    ')}`,
    numbered: lines.map((line, index) => `${String(index + 1).padStart(4)}  ${line}`).join('\n'),
    'split by a line of another stream': [...lines.slice(0, 4), 'verify return:1', ...lines.slice(4)].join('\n'),
    'left without END but whole': lines.slice(0, -1).join('\n'),
    'left without BEGIN but whole': lines.slice(1).join('\n'),
    'left without both': body.join('\n'),
    'left without both, on one line': body.join(''),
    'left without both, in a JSON list': `{"x5c":["${body.join('')}"]}`,
    'left without both, in XML': `<ds:X509Certificate>${body.join('\n')}</ds:X509Certificate>`,
    'left without both, indented': body.map((line) => `    ${line}`).join('\n'),
    'encoded once more': `tls.crt: ${btoa(leafPem)}`,
    'encoded once more and wrapped': btoa(leafPem).replace(/(.{76})/g, '$1\n'),
    'encoded once more and indented': `  ca: >-\n${btoa(leafPem)
      .replace(/(.{60})/g, '$1\n')
      .replace(/^/gm, '    ')}`,
    'encoded once more behind bag attributes': btoa(`Bag Attributes\n    friendlyName: x\n${leafPem}`),
  }
  for (const [name, text] of Object.entries(shapes)) {
    it(name, () => {
      const document = read(text)
      expect(document.captures.flatMap((capture) => capture.blocks).map(certificateIn)).toEqual([leaf])
      expect(document.captures[0]?.blocks[0]?.truncated).toBe(false)
      expect(document.skipped).toEqual([])
      expect(document.secrets).toEqual([])
    })
  }

  it('given the label of an older tool', () => {
    const text = leafPem.replaceAll(' CERTIFICATE', ' X509 CERTIFICATE')
    expect(certificatesIn(text)).toEqual([leaf])
    expect(read(text).captures[0]?.blocks[0]?.label).toBe('X509 CERTIFICATE')
  })

  it('given trust settings by OpenSSL, without the settings', () => {
    const [block] = read(trustedPem).captures[0]?.blocks ?? []
    expect(certificateIn(block)).toBe('Harbour Root R1')
    expect(block?.label).toBe('TRUSTED CERTIFICATE')
    expect(block?.der).toEqual(read(rootPem).captures[0]?.blocks[0]?.der)
  })
})

describe('pem: several blocks', () => {
  it('are read from one line, and each has its own place', () => {
    const text = `["${literal(leafPem, '\\n')}", "${literal(issuingPem, '\\n')}"]`
    const blocks = read(text).captures[0]?.blocks ?? []
    expect(blocks.map(certificateIn)).toEqual([leaf, issuing])
    expect(blocks.map((block) => at(text, block.span))).toEqual([literal(leafPem, '\\n'), literal(issuingPem, '\\n')])
  })

  it('are read when nothing stands between them', () => {
    expect(certificatesIn(both.replaceAll('-----\n-----', '----------'))).toEqual([leaf, issuing])
  })

  it('are read without their markers, one after the other', () => {
    expect(certificatesIn(`${body.join('\n')}\n${issuingPem.split('\n').slice(1, -2).join('\n')}\n`)).toEqual([
      leaf,
      issuing,
    ])
  })

  it('come out of one token with the place of the token', () => {
    const token = btoa(both)
    const text = `data:\n  tls.crt: ${token}\n  other: x\n`
    const blocks = read(text).captures[0]?.blocks ?? []
    expect(blocks.map(certificateIn)).toEqual([leaf, issuing])
    expect(blocks.map((block) => at(text, block.span))).toEqual([token, token])
    expect(blocks[0]?.span).not.toBe(blocks[1]?.span)
  })

  it('come out of a wrapped token', () => {
    expect(
      certificatesIn(
        `ca: |\n${btoa(both)
          .replace(/(.{64})/g, '$1\n')
          .replace(/^/gm, '  ')}\n`,
      ),
    ).toEqual([leaf, issuing])
  })
})

describe('pem: a block that is not whole is named with its place', () => {
  const only = (text: string) => {
    const document = read(text)
    return { block: document.captures[0]?.blocks[0], skipped: document.skipped, text }
  }

  it('when END is missing, with the number of missing bytes', () => {
    const { block, skipped, text } = only(lines.slice(0, 5).join('\n'))
    expect(block?.truncated).toBe(true)
    expect(block?.problem?.message).toMatch(
      /no END line: the paste was cut inside it\. \d+ of its \d+ bytes are missing\./,
    )
    expect(at(text, block?.span)).toBe(text)
    expect(skipped.map((part) => part.reason)).toEqual([block?.problem?.message])
  })

  it('when END is missing and a log follows', () => {
    const { block, text } = only(`${lines.slice(0, 5).join('\n')}\nsubject=CN=a\nverify error:num=20:x\n`)
    expect(block?.truncated).toBe(true)
    expect(at(text, block?.span)).toBe(lines.slice(0, 5).join('\n'))
  })

  it('when BEGIN is missing', () => {
    const tail = lines.slice(6).join('\n')
    const { block, text } = only(`some words\n${tail}\n`)
    expect(block?.truncated).toBe(true)
    expect(block?.problem?.message).toContain('no BEGIN line')
    expect(at(text, block?.span)).toBe(tail)
  })

  it('when the body is shorter than it says', () => {
    const { block } = only([...lines.slice(0, 4), lines.at(-1)].join('\n'))
    expect(block?.truncated).toBe(true)
    expect(block?.problem?.message).toMatch(/shorter than its own header says\. \d+ of its \d+ bytes are missing/)
  })

  it('when it was cut in the middle and goes on in another one, both ends are kept', () => {
    const log = 'one line\nand one more: with a colon\nanother one, with commas\nthe last one - really\n'
    const text = `${lines.slice(0, 4).join('\n')}\n${log}${lines.slice(7).join('\n')}\n`
    const blocks = read(text).captures.flatMap((capture) => capture.blocks)
    expect(blocks.map((block) => at(text, block.span))).toEqual([
      lines.slice(0, 4).join('\n'),
      lines.slice(7).join('\n'),
    ])
    expect(blocks.every((block) => block.truncated)).toBe(true)
  })

  it('when its markers hold nothing', () => {
    expect(only('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n').block?.problem?.message).toContain(
      'is empty',
    )
  })

  for (const mark of ['...', '[...]', '[snip]', '<snip>', '***', '\u2026', 'REDACTED']) {
    it(`when "${mark}" stands for a part of it`, () => {
      const text = [...lines.slice(0, 3), mark, ...lines.slice(6)].join('\n')
      const { block, skipped } = only(text)
      expect(block?.der).toBeUndefined()
      expect(block?.truncated).toBe(true)
      expect(block?.problem?.message).toContain('a part was left out')
      expect(at(text, block?.problem?.span)).toBe(mark)
      expect(skipped).toHaveLength(1)
    })
  }

  it('when "..." is all there is', () => {
    const text = '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n'
    const { block } = only(text)
    expect(at(text, block?.problem?.span)).toBe('...')
    expect(at(text, block?.span)).toBe(text.trimEnd())
  })

  it('when a character of it was altered', () => {
    const text = leafPem.replace(body[3] as string, `${body[3]?.slice(0, 10)}\u00e9${body[3]?.slice(11)}`)
    const { block } = only(text)
    expect(block?.der).toBeUndefined()
    expect(block?.problem?.message).toContain('U+00E9')
    expect(at(text, block?.problem?.span)).toBe('\u00e9')
    expect(block?.problem?.span.start).toBe(text.indexOf('\u00e9'))
  })

  it('when a bare one was cut', () => {
    const text = `certificate:\n${body.slice(0, 4).join('\n')}\n`
    const { block } = only(text)
    expect(block?.truncated).toBe(true)
    expect(at(text, block?.span)).toBe(body.slice(0, 4).join('\n'))
  })
})

describe('pem: what is no certificate', () => {
  const others: Readonly<Record<string, string>> = {
    'PUBLIC KEY': publicKeyPem,
    'PGP PUBLIC KEY BLOCK': publicKeyPem.replaceAll('PUBLIC KEY', 'PGP PUBLIC KEY BLOCK'),
    'DH PARAMETERS': publicKeyPem.replaceAll('PUBLIC KEY', 'DH PARAMETERS'),
  }
  for (const [label, pem] of Object.entries(others)) {
    it(`${label} is told as skipped`, () => {
      const document = read(pem)
      expect(document.captures[0]?.blocks.map((block) => block.label)).toEqual([label])
      expect(document.skipped.map((part) => at(pem, part.span))).toEqual([pem.trimEnd()])
      expect(document.skipped[0]?.reason).toContain(label)
      expect(document.secrets).toEqual([])
    })
  }

  const kept = { 'X509 CRL': crlPem, PKCS7: pkcs7Pem, 'CERTIFICATE REQUEST': requestPem }
  for (const [label, pem] of Object.entries(kept)) {
    it(`${label} is kept with its bytes, for it tells of chains`, () => {
      const document = read(pem)
      const [block] = document.captures[0]?.blocks ?? []
      expect(block?.label).toBe(label)
      expect(block?.der?.[0]).toBe(0x30)
      expect(document.skipped).toEqual([])
    })
  }

  it('a bare request is not taken for a certificate', () => {
    const bare = requestPem.split('\n').slice(1, -2).join('')
    expect(read(`x: ${bare}`).captures.flatMap((capture) => capture.blocks.map((block) => block.label))).not.toContain(
      'CERTIFICATE',
    )
  })

  for (const command of [
    "sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p'",
    "sed -ne '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p' > chain.pem",
    "openssl s_client -connect a.example:443 | sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p'",
    "awk '/-----BEGIN CERTIFICATE-----/,\\\n/-----END CERTIFICATE-----/ { print }'",
    'The file holds everything between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----, both included.',
    'Paste from -----BEGIN CERTIFICATE----- on.',
    'grep -c -- "-----BEGIN CERTIFICATE-----" bundle.pem',
  ]) {
    it(`names markers only: ${command.slice(0, 60)}`, () => {
      expect(findPem(MappedText.original(command, 0))).toEqual([])
      expect(findPem(MappedText.original(`${command}\n${leafPem}`, 0)).map((block) => block.block.truncated)).toEqual([
        false,
      ])
    })
  }

  it('a long word and a session token are left alone', () => {
    expect(
      findPem(MappedText.original(`MII${'A'.repeat(200)}\nid=MIIB${'x'.repeat(120)} LS0tLS1CRUdJTi\n`, 0)),
    ).toEqual([])
  })
})

describe('pem: private keys are never decoded', () => {
  const shapes: Readonly<Record<string, string>> = {
    'a whole one': keyPem,
    'one with its END missing': keyPem.split('\n').slice(0, -2).join('\n'),
    'one with its BEGIN missing': keyPem.split('\n').slice(1).join('\n'),
    'one in JSON': JSON.stringify({ key: keyPem }),
    'one of another kind': keyPem.replaceAll('PRIVATE', 'EC PRIVATE'),
    'an encrypted one with headers': keyPem.replace(
      'KEY-----\n',
      'KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n',
    ),
    'one under the label of a certificate': keyPem.replaceAll('PRIVATE KEY', 'CERTIFICATE'),
    'one that ends under the label of a certificate': keyPem.replace('END PRIVATE KEY', 'END CERTIFICATE'),
    'one that begins under the label of a certificate': keyPem.replace('BEGIN PRIVATE KEY', 'BEGIN CERTIFICATE'),
    'one without markers': `key: ${noKeyBase64}`,
    'one that was encoded once more': `tls.key: ${btoa(keyPem)}`,
  }
  for (const [name, text] of Object.entries(shapes)) {
    it(name, () => {
      const document = read(text)
      expect(document.secrets.map((secret) => secret.kind)).toEqual(['private key'])
      const blocks = document.captures.flatMap((capture) => capture.blocks)
      expect(blocks).toHaveLength(1)
      expect(blocks[0]?.der).toBeUndefined()
      expect(JSON.stringify(document.captures)).not.toContain(noKeyBase64.slice(0, 40))
      expect(at(text, document.secrets[0]?.span).length).toBeGreaterThan(150)
    })
  }

  it('beside a certificate only the key is a secret', () => {
    const document = read(leafPem + keyPem + issuingPem)
    expect(document.captures.flatMap((capture) => capture.blocks.map((block) => block.label))).toEqual([
      'CERTIFICATE',
      'PRIVATE KEY',
      'CERTIFICATE',
    ])
    expect(document.secrets.map((secret) => at(leafPem + keyPem + issuingPem, secret.span))).toEqual([keyPem.trimEnd()])
  })
})

describe('pem: a binary file', () => {
  it('with a private key is a secret, and not decoded', () => {
    const document = readDocument({ name: 'shop.key', bytes: noKey }, 0)
    expect(document.secrets.map((secret) => secret.kind)).toEqual(['private key'])
    expect(document.captures[0]?.blocks.map((block) => block.der)).toEqual([undefined])
  })

  it('with certificates one after another has them all', () => {
    const blocks = read(both).captures[0]?.blocks ?? []
    const bytes = Uint8Array.from(blocks.flatMap((block) => [...(block.der ?? [])]))
    const document = readDocument({ name: 'both.der', bytes }, 0)
    expect(document.captures[0]?.blocks.map(certificateIn)).toEqual([leaf, issuing])
  })
})

describe('pem: lines that begin or end with "+" are data', () => {
  it('the fixture has such lines', () => {
    expect(body.some((line) => line.startsWith('+'))).toBe(true)
    expect(body.some((line) => line.endsWith('+'))).toBe(true)
  })
})
