/** Each way in which text is mangled, applied to a capture, a bundle and a line: what is read of it stays the same. */
import { describe, expect, it } from 'vitest'
import { cutAt, manglings, wrapAt } from './testing/mangle.ts'
import { crlPem, issuingPem, leafPem, rootPem } from './testing/pki.ts'
import { at, certificateIn, read, readOne as readCapture } from './testing/reading.ts'
import { missingIssuerSteps, sClientRun, sentLeaf } from './testing/s-client.ts'

const trimmed = (lines: string) =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .join('\n')

describe('mangling: a bundle has the same certificates in the same places after', () => {
  const pems = [leafPem, issuingPem, rootPem]
  for (const { name, apply, undo } of manglings) {
    it(name, () => {
      const text = apply(pems.join('').trimEnd())
      const document = read(text)
      const blocks = document.captures.flatMap((capture) => capture.blocks)
      expect(blocks.map(certificateIn)).toEqual(['shop.harbour.example', 'Harbour TLS CA 2', 'Harbour Root R1'])
      expect(blocks.map((block) => trimmed(undo(at(text, block.span))))).toEqual(pems.map((pem) => pem.trimEnd()))
      expect(document.captures).toHaveLength(1)
      expect(document.skipped).toEqual([])
      expect(document.secrets).toEqual([])
    })
  }
})

describe('mangling: an error alone keeps its code and its place', () => {
  const lines: readonly (readonly [string, string])[] = [
    ['verify', 'verify error:num=20:unable to get local issuer certificate\nverify return:1'],
    [
      'error queue',
      '40A7B2C3D47F0000:error:0A000086:SSL routines:f:certificate verify failed:x.c:1:\nconnect:errno=111',
    ],
  ]
  for (const { name, apply, undo } of manglings) {
    // Panes and boxes are told by several lines.
    if (/pane|box/.test(name)) continue
    for (const [kind, line] of lines) {
      it(`${name}: ${kind}`, () => {
        const text = apply(line)
        const { captures } = read(text)
        const found = captures.flatMap((capture) => [...capture.verifyErrors, ...capture.failures])
        expect(captures.flatMap((capture) => capture.verifyErrors.map(({ code }) => code))).toEqual(
          kind === 'verify' ? [20] : [],
        )
        const [first] = line.split('\n')
        expect(trimmed(undo(at(text, found[0]?.span)))).toBe(first)
      })
    }
  }
})

describe('mangling: one line alone', () => {
  const line = 'verify error:num=20:unable to get local issuer certificate'
  for (const { name, apply, undo } of manglings.filter(({ name }) =>
    /quotes$|timestamp|pod|journal|Jenkins$|GitLab|runtime|JSON log|fence|noformat|escape|HTML/.test(name),
  )) {
    it(name, () => {
      const text = apply(line)
      const [capture] = read(text).captures
      expect(capture?.verifyErrors.map(({ code }) => code)).toEqual([20])
      expect(trimmed(undo(at(text, capture?.verifyErrors[0]?.span)))).toBe(line)
    })
  }

  it('PowerShell shows the first line of the error stream as its own', () => {
    const text = `openssl.exe : depth=0 CN = shop.harbour.example\nAt line:1 char:1\n+ openssl.exe s_client -connect a:1\n+ ~~~~~~~\n    + CategoryInfo          : NotSpecified: (depth=0:String) [], RemoteException\n    + FullyQualifiedErrorId : NativeCommandError\n \n${line}\nverify return:1\n`
    const [capture] = read(text).captures
    expect(capture?.verifyPath.map((entry) => at(text, entry.span))).toEqual(['depth=0 CN = shop.harbour.example'])
    expect(capture?.verifyErrors.map(({ code }) => code)).toEqual([20])
  })

  it('between back quotes', () => {
    const text = `It says\n\`${line}\`\nand stops.`
    expect(at(text, read(text).captures[0]?.verifyErrors[0]?.span)).toBe(line)
  })
})

describe('mangling: lines broken at a width', () => {
  const long = (text: string) =>
    text
      .replaceAll('Quay Shop', 'Quay Shop of the Inner and the Outer Harbour, Department of Moorings')
      .replaceAll('Harbour TLS CA 2', 'Harbour Issuing Authority for Transport Layer Security 2')
  const capture = long(
    sClientRun({
      generation: '3.0',
      chain: [sentLeaf],
      steps: missingIssuerSteps,
      result: [21, 'unable to verify the first certificate'],
    }),
  )
  const whole = readCapture(capture)
  const queue =
    '40A7B2C3D47F0000:error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:../ssl/statem/statem_clnt.c:1889:'

  for (const [name, broken] of [
    ['between words at 72', wrapAt(capture, 72)],
    ['between words at 78', wrapAt(capture, 78)],
    ['at the edge of 80 columns', cutAt(capture, 80)],
    ['between words at 72, quoted', wrapAt(capture, 72).replace(/^/gm, '> ')],
  ] as const) {
    it(name, () => {
      expect(broken.split('\n').length).toBeGreaterThan(capture.split('\n').length + 3)
      const found = readCapture(broken)
      expect(found.chainList.map(({ subject, issuer }) => [subject?.name.key, issuer?.name.key])).toEqual(
        whole.chainList.map(({ subject, issuer }) => [subject?.name.key, issuer?.name.key]),
      )
      expect(found.verifyPath.map(({ subject }) => subject.name.key)).toEqual(
        whole.verifyPath.map(({ subject }) => subject.name.key),
      )
      expect(found.verifyErrors.map(({ code, text }) => [code, text])).toEqual(
        whole.verifyErrors.map(({ code, text }) => [code, text]),
      )
      expect(found.blocks.map(certificateIn)).toEqual(['shop.harbour.example'])
      const place = at(broken, found.chainList[0]?.subject?.span)
      expect(place).toContain('\n')
      expect(place.replace(/\n(?:> )?/g, '').replaceAll(' ', '')).toContain('DepartmentofMoorings')
    })
  }

  it('an error-queue line is one line again', () => {
    const text = cutAt(`CONNECTED(00000003)\n${queue}\n---\nno peer certificate available\n`, 80)
    const found = readCapture(text)
    expect(found.failures.map(({ kind }) => kind)).toEqual(['verify-failed'])
    expect(at(text, found.failures[0]?.span).replace('\n', '')).toBe(queue)
  })

  it('a text with longer lines was not broken, and neither was a list', () => {
    for (const text of [
      `subject=CN = ${'a'.repeat(70)}\nO = b\n${'x '.repeat(80)}\n`,
      'subject=CN = shop.harbour.example, O = Quay Shop of the Inner Harbour\nissuer=CN = b\n',
      `${leafPem}${crlPem}`,
    ])
      expect(read(text)).toEqual(read(text))
  })
})
