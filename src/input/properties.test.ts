/** What must hold of any input: no throw, no hang, places inside of the text, nothing certain without evidence. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspect } from '../inspect.ts'
import type { Report } from '../report/types.ts'
import type { InputDocument } from './model.ts'
import { readDocument } from './read.ts'
import { binaryFixtures, fixtures } from './testing/fixtures.ts'
import { manglings } from './testing/mangle.ts'
import { spansOf } from './testing/reading.ts'

const now = Date.UTC(2026, 11, 1)
const judge = (...documents: InputDocument[]): Promise<Report> => inspect({ documents }, { now })

/** Throws a sentence about what is wrong with a report. */
function examine(report: Report): void {
  const lengths = report.documents.map(({ length }) => length)
  const inside = (place: { document: number; start: number; end: number }, what: string) => {
    if (place.start < 0 || place.start > place.end || place.end > (lengths[place.document] ?? -1))
      throw new Error(`${what} at ${place.start}-${place.end} of document ${place.document}`)
  }
  for (const capture of report.captures) inside(capture, `capture ${capture.toolLabel}`)
  for (const certificate of report.certificates) for (const place of certificate.places) inside(place, 'certificate')
  for (const document of report.documents)
    for (const part of [...document.skipped, ...document.secrets])
      inside({ ...part, document: document.index }, 'skipped part')
  for (const { rule, confidence, evidence, title } of report.findings) {
    for (const place of evidence) inside(place, rule)
    if (confidence === 'certain' && evidence.length === 0)
      throw new Error(`${rule} is certain without evidence: ${title}`)
  }
  // Plain data, whatever came in.
  if (JSON.stringify(JSON.parse(JSON.stringify(report))) !== JSON.stringify(report))
    throw new Error('the report is no plain data')
}

/** Milliseconds for one property; all of them together take some seconds. */
const options = {
  seed: 20_261_124,
  interruptAfterTimeLimit: 4_000,
  markInterruptAsFailure: false,
  endOnFailure: true,
} as const
const pick = <T>(items: readonly T[]) => fc.constantFrom(...items)

/** Changes of a text by lines and characters. */
const edit: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (text: string) => {
    const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number]
    return text.slice(from, to)
  }),
  fc.nat().map((seed) => (text: string) => lines(text, seed, (line) => `${line}\n${line}`)),
  fc.nat().map((seed) => (text: string) => lines(text, seed, () => undefined)),
  fc
    .tuple(
      fc.nat(),
      pick([
        '> ',
        '2026-11-24T19:00:00Z ',
        '[pod/a/b] ',
        '\u2502',
        '\t',
        '"',
        "b'",
        '| ',
        '<td>',
        '{"log":"',
        'openssl : ',
        '- ',
      ]),
    )
    .map(
      ([seed, prefix]) =>
        (text: string) =>
          lines(text, seed, (line) => prefix + line),
    ),
  fc.tuple(fc.nat(), fc.string({ unit: 'grapheme', maxLength: 3 })).map(([at, character]) => (text: string) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + character + text.slice(place + 1)
  }),
  pick(manglings).map(
    ({ apply }) =>
      (text: string) =>
        apply(text),
  ),
)

/** Changes every line whose number fits the seed. */
function lines(text: string, seed: number, change: (line: string) => string | undefined): string {
  const step = (seed % 7) + 1
  return text
    .split('\n')
    .flatMap((line, index) => (index % step === seed % step ? (change(line) ?? []) : line))
    .join('\n')
}

const mutated = fc
  .tuple(fc.array(pick(fixtures), { minLength: 1, maxLength: 3 }), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([texts, edits]) => edits.reduce((text, change) => change(text), texts.join('\n')))

describe('properties of any input', () => {
  it('bytes of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 3 }), async (files) =>
        examine(await judge(...files.map((bytes, index) => ({ name: `f${index}`, bytes })))),
      ),
      options,
    )
  })

  it('text of any kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2_000 }), async (text) =>
        examine(await judge({ name: 'paste', text })),
      ),
      options,
    )
  })

  it('valid input, altered in any way', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (text) => examine(await judge({ name: 'paste', text }))),
      options,
    )
  })

  it('valid files, cut and with bytes changed, with any password', async () => {
    const altered = fc.tuple(
      pick(binaryFixtures),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.string({ maxLength: 4 }),
    )
    await fc.assert(
      fc.asyncProperty(altered, async ([file, cut, changes, password]) => {
        const bytes = Uint8Array.from(file.subarray(0, cut % 3 === 0 ? cut % file.length : file.length))
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
        examine(await judge({ name: 'file', bytes, password }))
      }),
      options,
    )
  })

  it('places that reading alone gives', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const document = readDocument({ name: 'paste', text }, 0)
        for (const span of spansOf([document.captures, document.secrets, document.skipped]))
          if (span.document !== 0 || span.start < 0 || span.start > span.end || span.end > text.length)
            throw new Error(`${span.start}-${span.end}`)
      }),
      options,
    )
  })
})

describe('growth: twice the input takes about twice the time', { retry: 2 }, () => {
  /** Milliseconds, the best of three; the machine does other things as well. */
  const timeOf = (text: string): number =>
    Math.min(
      ...Array.from({ length: 3 }, () => {
        const start = performance.now()
        readDocument({ name: 'paste', text }, 0)
        return performance.now() - start
      }),
    )
  const units: Readonly<Record<string, string>> = {
    captures: fixtures.slice(0, 6).join('\n'),
    'lines of one kind': 'subject=CN = a, O = "b, c"\n',
    'quoted lines': '> > depth=0 CN = a\n',
    hexadecimal: '00000000: 3082 0100 3082 0100 3082 0100 3082 0100  0...0...\n',
    cells: '\u2502 depth=0 CN=a \u2502 b\n',
    'JSON logs': '{"log":"depth=0 CN=a\\n","stream":"stderr","time":"2026-11-24T19:00:00Z"}\n',
    'escaped line ends': '{"a":"-----BEGIN CERTIFICATE-----\\nMIIB\\n"},',
    'broken lines': 'depth=0 C = NL, O = Quay Shop of the Inner and the Outer Harbour,\nDepartment of Moorings\n',
    'back quotes': '`a` `b`\n`c\n',
    mail: 'a=3Db verify error:num=3D20:x and some more words to fill the line=\n up\n',
    headers: `x-forwarded-client-cert: By=a;Hash=${'ab'.repeat(32)};Subject="CN=a";URI=b\n`,
    PowerShell: 'openssl : depth=0 CN=a\nAt line:1 char:1\n+ a\n    + FullyQualifiedErrorId : NativeCommandError\n \n',
    'bytes of Python': "b'0\\x82\\x01\\x00abc'\n",
  }
  for (const [name, unit] of Object.entries(units)) {
    it(name, () => {
      const repeated = (size: number) => unit.repeat(Math.ceil(size / unit.length))
      timeOf(repeated(20_000))
      const [one, two, four] = [100_000, 200_000, 400_000].map((size) => timeOf(repeated(size))) as [
        number,
        number,
        number,
      ]
      // Squares would make sixteen of four; short times are noise.
      expect(four).toBeLessThan(Math.max(250, 9 * one))
      expect(two).toBeLessThan(Math.max(150, 4.5 * one))
    })
  }
})
