import { describe, expect, it } from 'vitest'
import { names } from './testing/names.ts'
import { failedVerify, nooutFacts, textDump } from './testing/other-tools.ts'
import { issuingPem, leafPem, rootPem } from './testing/pki.ts'
import { at, certificateIn, read } from './testing/reading.ts'
import { type Generation, missingIssuerSteps, sClientRun, sentLeaf } from './testing/s-client.ts'
import { briefRun, emptyRun } from './testing/s-client-short.ts'

const alert =
  '40A7:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:x.c:1600:SSL alert number 116'
const wrong = '40A7:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:x.c:354:'
const good = (generation: Generation, command?: string) => sClientRun({ generation, ...(command ? { command } : {}) })
const broken = (generation: Generation, command?: string) =>
  sClientRun({
    generation,
    chain: [sentLeaf],
    steps: missingIssuerSteps,
    result: [21, 'unable to verify the first certificate'],
    ...(command ? { command } : {}),
  })
const results = (text: string) => read(text).captures.map((capture) => capture.verifyResult?.code)
const tools = (text: string) => read(text).captures.map((capture) => capture.tool)

describe('segment: runs with commands', () => {
  it('each command has its own output', () => {
    const text =
      good('3.0', '$ openssl s_client -connect a.example:443') +
      broken('3.0', '$ openssl s_client -connect b.example:443')
    const { captures } = read(text)
    expect(
      captures.map((capture) => [capture.command?.host, capture.verifyResult?.code, capture.chainList.length]),
    ).toEqual([
      ['a.example', 0, 2],
      ['b.example', 21, 1],
    ])
  })

  it('different tools follow one another', () => {
    const text = [
      good('3.5', '$ openssl s_client -connect a.example:443'),
      `$ openssl x509 -in a.pem -noout -dates\n${nooutFacts('new', names.leaf, names.issuing)}`,
      `$ openssl verify a.pem\n${failedVerify('3.5', 'a.pem', 20, 'unable to get local issuer certificate')}`,
      `$ cat bundle.pem\n${leafPem}${issuingPem}`,
    ].join('')
    expect(tools(text)).toEqual(['s_client', 'x509', 'verify', 'pem'])
  })

  it('a command without output stays, and hides nothing', () => {
    const text = `$ openssl s_client -connect a.example:443\n$ openssl s_client -connect b.example:443\n${good('3.0')}`
    const { captures } = read(text)
    expect(captures.map((capture) => [capture.command?.host, capture.chainList.length])).toEqual([
      ['a.example', 0],
      ['b.example', 2],
    ])
  })

  it('a command in a sentence is not a run of its own', () => {
    const text = `Please run openssl s_client -connect HOST:443 and send the output.\n\n${good('3.0', '$ openssl s_client -connect a.example:443')}`
    expect(read(text).captures.map((capture) => capture.command?.host)).toEqual(['a.example'])
  })

  it('a sentence with the command right above its output gives the target', () => {
    const text = `Output of openssl s_client -connect a.example:443\n${good('3.0')}`
    expect(read(text).captures.map((capture) => [capture.command?.host, capture.chainList.length])).toEqual([
      ['a.example', 2],
    ])
  })

  it('places of each capture hold its own lines only', () => {
    const first = good('3.0', '$ openssl s_client -connect a.example:443')
    const text = first + broken('3.0', '$ openssl s_client -connect b.example:443')
    const [one, two] = read(text).captures
    expect(one?.span.end).toBeLessThanOrEqual(first.length)
    expect(two?.span.start).toBe(first.length)
    expect(at(text, two?.span)).toContain('b.example')
  })
})

describe('segment: runs without commands', () => {
  for (const order of ['terminal', 'stderr-first', 'stdout-only'] as const) {
    it(`succeeding and failing, ${order}`, () => {
      const one = sClientRun({ generation: '3.0', order })
      const two = sClientRun({
        generation: '1.1.1',
        order,
        chain: [sentLeaf],
        steps: missingIssuerSteps,
        result: [21, 'x'],
      })
      expect(results(one + two + one)).toEqual([0, 21, 0])
      expect(read(one + two + one).captures.map((capture) => capture.verifyPath.length)).toEqual(
        order === 'stdout-only' ? [0, 0, 0] : [3, 3, 3],
      )
    })
  }

  it('every pair of generations is told apart', () => {
    const all = ['0.9.8', '1.0.2', '1.1.1', '3.0', '3.5', 'libressl'] as const
    for (const one of all) for (const two of all) expect(results(good(one) + broken(two))).toEqual([0, 21])
  })

  it('an alert behind the first dump stays with it', () => {
    const { captures } = read(sClientRun({ generation: '3.0', after: [alert] }) + good('3.0'))
    expect(captures.map((capture) => capture.failures.length)).toEqual([1, 0])
  })

  it('with standard error first, an error line goes with the run that it begins', () => {
    const stderrFirst = (line: string) => `${line}\n${emptyRun('3.0', line).replace(`${line}\n`, '')}`
    const { captures } = read(stderrFirst(wrong) + stderrFirst(wrong))
    expect(captures.map((capture) => capture.failures.map((failure) => failure.kind))).toEqual([
      ['plain-text'],
      ['plain-text'],
    ])
  })

  it('failures to connect are one capture each', () => {
    const refused = 'connect: Connection refused\nconnect:errno=111\n'
    const { captures } = read(refused + refused + good('1.0.2') + refused)
    expect(captures.map((capture) => capture.failures.length)).toEqual([2, 2, 0, 2])
  })

  it('an empty run between two others', () => {
    expect(
      read(good('3.0') + emptyRun('3.0', wrong) + good('3.0')).captures.map(
        (capture) => capture.noPeerCertificate !== undefined,
      ),
    ).toEqual([false, true, false])
  })

  it('-brief runs', () => {
    expect(read(briefRun('3.0', 'x') + briefRun('3.0')).captures.map((capture) => capture.verifyResult?.ok)).toEqual([
      false,
      true,
    ])
  })

  it('a bundle behind a run is a capture of its own', () => {
    const text = good('3.0') + rootPem
    const { captures } = read(text)
    expect(captures.map((capture) => [capture.tool, capture.blocks.map(certificateIn)])).toEqual([
      ['s_client', ['shop.harbour.example']],
      ['pem', ['Harbour Root R1']],
    ])
    expect(at(text, captures[1]?.span)).toBe(rootPem.trimEnd())
  })

  it('a bundle before a run is a capture of its own', () => {
    expect(tools(rootPem + good('3.0'))).toEqual(['pem', 's_client'])
  })

  it('-reconnect is one run', () => {
    const text = good('1.1.1').replace(
      /---\n$/,
      '---\ndrop connection and then reconnect\nCONNECTED(00000003)\n---\nReused, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\n---\n',
    )
    expect(read(text).captures).toHaveLength(1)
  })

  it('-prexit prints the dump twice, and is one run', () => {
    const one = good('3.0')
    const text = `$ openssl s_client -connect a.example:443 -prexit\n${one}${one.slice(one.indexOf('---\nCertificate chain'))}`
    const { captures } = read(text)
    expect(captures.map((capture) => [capture.chainList.length, capture.verifyResult?.code, capture.cut])).toEqual([
      [2, 0, undefined],
    ])
  })

  it('a dump inside of -trace does not end the run', () => {
    const text = good('3.0').replace(
      '---\nCertificate chain',
      `Received Record\nHeader:\n  Version = TLS 1.2 (0x303)\n${textDump('new', names.leaf, names.issuing)}---\nCertificate chain`,
    )
    expect(tools(text)).toEqual(['s_client'])
  })
})

describe('segment: text around', () => {
  it('prose before and behind changes nothing', () => {
    const text = `Hi all,\n\nthis is what I get since Monday:\n\n${broken('3.0')}\nAny idea?\nKind regards\n`
    const { captures } = read(text)
    expect(captures).toHaveLength(1)
    expect(captures[0]?.verifyErrors.map((error) => error.code)).toEqual([20, 21])
    expect(at(text, captures[0]?.span)).toMatch(/^CONNECTED/)
  })

  it('code fences and an HTTP answer change nothing', () => {
    const text = `\`\`\`\n${good('3.0')}HTTP/1.1 400 Bad Request\nServer: x\n\n<html>\n\`\`\`\n`
    expect(results(text)).toEqual([0])
  })

  it('prose alone gives no capture', () => {
    expect(read('The certificate chain of the server is incomplete, please verify it.\nThanks\n').captures).toEqual([])
  })

  it('error lines alone are a capture', () => {
    const { captures } = read(`some log\n${wrong}\n`)
    expect(captures.map((capture) => [capture.tool, capture.failures[0]?.kind])).toEqual([['text', 'plain-text']])
  })
})
