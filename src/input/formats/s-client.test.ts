import { describe, expect, it } from 'vitest'
import { names, printName } from '../testing/names.ts'
import { at, certificateIn, read, readOne } from '../testing/reading.ts'
import {
  cipherOf,
  type Generation,
  missingIssuerSteps,
  sClientRun,
  sentIssuing,
  sentLeaf,
  styles,
} from '../testing/s-client.ts'
import { briefRun, emptyRun } from '../testing/s-client-short.ts'

const generations: Readonly<Record<Generation, ReturnType<typeof readOne>['generation']>> = {
  '0.9.8': 'openssl-0.9.8',
  '1.0.1': 'openssl-1.0',
  '1.0.2': 'openssl-1.0',
  '1.1.1': 'openssl-1.1',
  '3.0': 'openssl-3.0',
  '3.5': 'openssl-3.2+',
  libressl: 'libressl',
}
const all = Object.keys(generations) as Generation[]

describe('s_client: each generation', () => {
  for (const generation of all) {
    const [, list] = styles[generation]
    it(`${generation}: names, places, chain, result and session are read`, () => {
      const text = sClientRun({ generation, showcerts: true })
      const capture = readOne(text)
      expect(capture.tool).toBe('s_client')
      expect(capture.generation).toBe(generations[generation])
      expect(
        capture.chainList.map((entry) => [entry.position, at(text, entry.subject?.span), at(text, entry.issuer?.span)]),
      ).toEqual([
        [0, printName(names.leaf, list), printName(names.issuing, list)],
        [1, printName(names.issuing, list), printName(names.root, list)],
      ])
      expect(capture.chainList.map((entry) => entry.subject?.name.rdns.flat().map(({ value }) => value))).toEqual([
        ['NL', 'Quay Shop', 'shop.harbour.example'],
        ['NL', 'Harbour Trust, N.V.', 'Harbour TLS CA 2'],
      ])
      expect(capture.chainListComplete).toBe(true)
      expect(capture.blocks.map(certificateIn)).toEqual(['shop.harbour.example', 'Harbour TLS CA 2'])
      expect(capture.blocks.map((block) => block.role)).toEqual(['server', 'server'])
      expect(capture.verifyPath.map((entry) => [entry.depth, entry.subject.name.rdns.length])).toEqual([
        [2, 3],
        [1, 3],
        [0, 3],
      ])
      expect(capture.verifyResult).toMatchObject({ code: 0, ok: true })
      expect(at(text, capture.verifyResult?.span)).toContain('Verify return code: 0 (ok)')
      expect(capture.cipher?.value).toBe(cipherOf(generation))
      expect(at(text, capture.startTime?.span)).toBe('    Start Time: 1795546800')
      expect(capture.cut).toBeUndefined()
      expect(capture.failures).toEqual([])
    })

    it(`${generation}: without -showcerts the leaf alone is there, and the list still tells the rest`, () => {
      const capture = readOne(sClientRun({ generation }))
      expect(capture.blocks.map(certificateIn)).toEqual(['shop.harbour.example'])
      expect(capture.chainList).toHaveLength(2)
      expect(capture.cut).toBeUndefined()
    })

    it(`${generation}: errors keep their codes, depths and order`, () => {
      const text = sClientRun({
        generation,
        chain: [sentLeaf],
        steps: missingIssuerSteps,
        result: [21, 'unable to verify the first certificate'],
      })
      const capture = readOne(text)
      expect(capture.verifyErrors.map((error) => [error.code, error.depth])).toEqual([
        [20, 0],
        [21, 0],
      ])
      expect(capture.verifyErrors.map((error) => at(text, error.span))).toEqual([
        'verify error:num=20:unable to get local issuer certificate',
        'verify error:num=21:unable to verify the first certificate',
      ])
      expect(capture.verifyResult).toMatchObject({
        code: 21,
        ok: false,
        text: 'unable to verify the first certificate',
      })
    })

    it(`${generation}: the streams may come in any order, or one of them alone`, () => {
      for (const order of ['terminal', 'stderr-first', 'stdout-only'] as const) {
        const capture = readOne(sClientRun({ generation, order }))
        expect(capture.chainList).toHaveLength(2)
        expect(capture.verifyPath).toHaveLength(order === 'stdout-only' ? 0 : 3)
        expect(capture.verifyResult?.ok).toBe(true)
      }
    })
  }

  it('standard error alone says so, and still has its errors', () => {
    const text = sClientRun({ generation: '3.0', order: 'stderr-only', steps: missingIssuerSteps })
    const capture = readOne(text)
    expect(capture.tool).toBe('s_client')
    expect(capture.verifyErrors.map((error) => error.code)).toEqual([20, 21])
    expect(capture.cut?.reason).toContain('standard error')
    expect(capture.chainListComplete).toBe(false)
  })

  it('the style of names alone tells the oldest and the newest', () => {
    expect(readOne(sClientRun({ generation: '0.9.8', order: 'stderr-only' })).generation).toBe('openssl-0.9.8')
    expect(
      readOne(sClientRun({ generation: '3.5', order: 'stderr-only' }).replace(/^Connecting.*\n/, '')).generation,
    ).toBe('openssl-3.2+')
    expect(readOne(sClientRun({ generation: '3.0', order: 'stderr-only' })).generation).toBeUndefined()
  })

  it('dates of the list are read from 3.0 on', () => {
    const text = sClientRun({ generation: '3.0' })
    const [leaf] = readOne(text).chainList
    expect(leaf?.notBefore?.value).toBe(Date.UTC(2026, 10, 24, 18, 20))
    expect(leaf?.notAfter?.value).toBe(Date.UTC(2027, 10, 4, 18, 20))
    expect(at(text, leaf?.span)).toMatch(/^ 0 s:[\s\S]*NotAfter: Nov {2}4 18:20:00 2027 GMT$/)
  })
})

describe('s_client: client certificates', () => {
  const asked = (generation: Generation, clientCertificate?: 'asked' | 'asked-without-list') =>
    readOne(sClientRun({ generation, ...(clientCertificate ? { clientCertificate } : {}) })).clientAuth.requested

  it('a list of CA names is a request, in every generation', () => {
    for (const generation of all) expect(asked(generation, 'asked')).toBe('yes')
  })

  it('requested algorithms without a list are a request too', () => {
    for (const generation of ['1.0.2', '1.1.1', '3.0', '3.5'] as const)
      expect(asked(generation, 'asked-without-list')).toBe('yes')
  })

  it('without both it was not asked for, where the generation would show it', () => {
    for (const generation of ['1.0.2', '1.1.1', '3.0', '3.5'] as const) expect(asked(generation)).toBe('no')
  })

  it('is unknown where the generation hides it, or no handshake came about', () => {
    for (const generation of ['0.9.8', '1.0.1', 'libressl'] as const) expect(asked(generation)).toBe('unknown')
    expect(
      readOne(emptyRun('3.5', '40A7:error:0A00010B:SSL routines:f:wrong version number:x.c:77:')).clientAuth.requested,
    ).toBe('unknown')
  })

  it('an alert that follows a whole TLS 1.3 dump belongs to it', () => {
    const alert =
      '40A71D468D7F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../ssl/record/rec_layer_s3.c:1600:SSL alert number 116'
    const text = sClientRun({ generation: '3.0', clientCertificate: 'asked', after: [alert] })
    const capture = readOne(text)
    expect(capture.failures).toMatchObject([{ kind: 'alert', alert: 116 }])
    expect(at(text, capture.failures[0]?.span)).toBe(alert)
    expect(at(text, capture.clientAuth.requestedSpan)).toBe('Acceptable client certificate CA names')
    expect(capture.verifyResult?.ok).toBe(true)
  })

  it('LibreSSL names the alert by its number alone', () => {
    const alert =
      '140270274213696:error:1404C45C:SSL routines:ST_OK:reason(1116):ssl/tls13_lib.c:129:SSL alert number 116'
    const capture = readOne(sClientRun({ generation: 'libressl', after: [alert] }))
    expect(capture.failures).toMatchObject([{ kind: 'alert', alert: 116 }])
    expect(capture.generation).toBe('libressl')
  })
})

describe('s_client: what the verification prints below an error is no fact of the leaf', () => {
  it('the end of an expired issuer', () => {
    const text = sClientRun({
      generation: '3.0',
      steps: [
        {
          depth: 1,
          name: names.issuing,
          error: [10, 'certificate has expired'],
          below: 'notAfter=Apr  1 00:00:00 2025 GMT',
        },
        { depth: 1, name: names.issuing, below: 'notAfter=Apr  1 00:00:00 2025 GMT' },
        { depth: 0, name: names.leaf },
      ],
    })
    const capture = readOne(text)
    expect(capture.verifyErrors).toMatchObject([{ code: 10, depth: 1, date: { value: Date.UTC(2025, 3, 1) } }])
    expect(at(text, capture.verifyErrors[0]?.date?.span)).toBe('notAfter=Apr  1 00:00:00 2025 GMT')
    expect(capture.printed).toHaveLength(1)
    expect(capture.printed[0]?.notAfter).toBeUndefined()
  })

  it('the issuer that was not found', () => {
    const below = `issuer= ${printName(names.root, 'spaced')}`
    const text = sClientRun({
      generation: '3.0',
      steps: [{ depth: 1, name: names.issuing, error: [2, 'unable to get issuer certificate'], below }],
    })
    expect(readOne(text).printed[0]?.issuer?.name.rdns.flat().at(-1)?.value).toBe('Harbour TLS CA 2')
  })
})

describe('s_client: OCSP', () => {
  it('the certificate of the responder is not one of the chain', () => {
    const text = sClientRun({ generation: '3.0', status: 'stapled', showcerts: true })
    const capture = readOne(text)
    expect(capture.blocks.map((block) => [block.role, certificateIn(block)])).toEqual([
      ['responder', 'Harbour OCSP Responder'],
      ['server', 'shop.harbour.example'],
      ['server', 'Harbour TLS CA 2'],
    ])
    expect(capture.printed.map((entry) => entry.subject?.name.rdns.flat().at(-1)?.value)).toEqual([
      'shop.harbour.example',
    ])
    expect(capture.chainListComplete).toBe(true)
  })

  it('no response sent is nothing of note', () => {
    const capture = readOne(sClientRun({ generation: '1.1.1', status: 'none' }))
    expect(capture.blocks.map((block) => block.role)).toEqual(['server'])
  })
})

describe('s_client: -brief', () => {
  for (const generation of ['1.0.2', '1.1.1', '3.0', '3.5'] as const) {
    it(`${generation} has name, protocol, cipher and result`, () => {
      const text = briefRun(generation, 'unable to get local issuer certificate')
      const capture = readOne(text)
      expect(at(text, capture.printed[0]?.subject?.span)).toBe(printName(names.leaf, styles[generation][0]))
      expect(capture.protocol?.value).toBe('TLSv1.3')
      expect(capture.cipher?.value).toBe('TLS_AES_256_GCM_SHA384')
      expect(capture.verifyErrors).toMatchObject([{ code: 20, depth: 1 }])
      expect(capture.verifyResult).toMatchObject({ ok: false, text: 'unable to get local issuer certificate' })
      expect(capture.blocks).toEqual([])
    })
  }

  it('3.2 and later are told by their names', () => {
    expect(readOne(briefRun('3.5')).generation).toBe('openssl-3.2+')
    expect(readOne(briefRun('3.5')).verifyResult?.ok).toBe(true)
  })

  it('the older wording "Verification: error:" is read too', () => {
    expect(
      readOne(briefRun('1.0.2').replace('Verification: OK', 'Verification: error: certificate has expired'))
        .verifyResult,
    ).toMatchObject({
      ok: false,
      text: 'certificate has expired',
    })
  })
})

describe('s_client: cut pastes', () => {
  const text = sClientRun({ generation: '3.0', showcerts: true })
  const cutAt = (mark: string, after = 0) => readOne(text.slice(0, text.indexOf(mark) + after))

  it('inside a block', () => {
    const capture = cutAt('-----END CERTIFICATE-----', -70)
    expect(capture.cut?.reason).toBe('a certificate block is cut off')
    expect(capture.blocks[0]?.truncated).toBe(true)
  })

  it('inside the list', () => {
    const capture = cutAt('   i:C = NL, O = "Harbour Trust, N.V.", CN = Harbour Root')
    expect(capture.cut?.reason).toContain('no end')
    expect(capture.chainListComplete).toBe(false)
  })

  it('behind the list', () => {
    expect(cutAt('SSL handshake has read').cut?.reason).toContain('lines that follow the chain list')
  })

  it('before the list: it begins in the middle', () => {
    const capture = readOne(text.slice(text.indexOf(' 1 s:')))
    expect(capture.chainList.map((entry) => entry.position)).toEqual([1])
    expect(capture.chainListComplete).toBe(false)
    expect(capture.cut?.reason).toContain('beginning of the certificate chain list')
  })

  it('to the part below the certificates', () => {
    const capture = readOne(text.slice(text.indexOf('No client certificate CA')))
    expect(capture.tool).toBe('s_client')
    expect(capture.verifyResult?.code).toBe(0)
    expect(capture.cipher?.value).toBe('TLS_AES_256_GCM_SHA384')
  })

  it('names that a mail program wrapped are put together again', () => {
    const wrapped = text
      .replace(' 0 s:C = NL, O = Quay Shop, CN', ' 0 s:C = NL, O = Quay Shop,\nCN')
      .replace(
        '   i:C = NL, O = "Harbour Trust, N.V.", CN = Harbour TLS CA 2\n',
        '   i:C = NL, O = "Harbour Trust, N.V.",\nCN = Harbour TLS CA 2\n',
      )
    const [leaf] = readOne(wrapped).chainList
    const [straight] = readOne(text).chainList
    expect(leaf?.subject?.name.key).toBe(straight?.subject?.name.key)
    expect(leaf?.issuer?.name.key).toBe(straight?.issuer?.name.key)
    expect(at(wrapped, leaf?.subject?.span)).toBe('C = NL, O = Quay Shop,\nCN = shop.harbour.example')
  })
})

describe('s_client: through a pipe', () => {
  const command =
    '$ openssl s_client -connect a.example:443 2>/dev/null </dev/null | openssl x509 -noout -subject -issuer -dates'
  it('facts of the leaf belong to the run', () => {
    const text = `${command}\nsubject=${printName(names.leaf, 'tight')}\nissuer=${printName(names.issuing, 'tight')}\nnotBefore=Nov 24 18:20:00 2026 GMT\nnotAfter=Nov  4 18:20:00 2027 GMT\n`
    const capture = readOne(text)
    expect(capture.tool).toBe('s_client')
    expect(capture.printed).toHaveLength(1)
    expect(capture.printed[0]?.notAfter?.value).toBe(Date.UTC(2027, 10, 4, 18, 20))
    expect(capture.command?.pipes).toEqual(['openssl x509 -noout -subject -issuer -dates'])
  })

  it('a block that was filtered out belongs to the server', () => {
    const text = `$ openssl s_client -connect a.example:443 | openssl x509\n${sentIssuing.pem}`
    expect(readOne(text).blocks.map((block) => block.role)).toEqual(['server'])
  })

  it('a dump in words belongs to the run', () => {
    const text = `$ openssl s_client -connect a.example:443 | openssl x509 -noout -text\nCertificate:\n    Data:\n        Issuer: CN=b\n        Subject: CN=a\n`
    const capture = readOne(text)
    expect(capture.printed.map((entry) => entry.subject?.text)).toEqual(['CN=a'])
  })

  it('when nothing came through, the complaint is a failure', () => {
    const text = `$ openssl s_client -connect a.example:1 | openssl x509 -noout -dates\nconnect: Connection refused\nconnect:errno=111\nunable to load certificate\n140:error:0909006C:PEM routines:get_name:no start line:pem_lib.c:745:Expecting: TRUSTED CERTIFICATE\n`
    expect(readOne(text).failures.map((failure) => failure.kind)).toEqual(['refused', 'refused', 'other', 'other'])
  })
})

describe('s_client: rows of a hex dump say nothing', () => {
  it('whatever their text column imitates', () => {
    const text = sClientRun({ generation: '3.0' }).replace('aK..', 'Verify return code: 9 (x)')
    expect(read(text).captures).toHaveLength(1)
  })
})
