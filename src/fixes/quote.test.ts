import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { available, yamlValue } from '../../e2e/fixes/tools.ts'
import { apache, haproxy, java, json, nginx, oneLine, ps, sh, shFile, text, xml, yaml } from './quote.ts'
import { hostileNames } from './testing/reports.ts'

/** Any text with what each language minds mixed in. */
const anyText = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[\s\S]{0,40}$/),
  fc.string({
    unit: fc.constantFrom('"', "'", '\\', '`', '$', '{', '}', '%', '\n', '-', ' ', '\u2019', 'u', '0', '2'),
    maxLength: 30,
  }),
)
const wellFormed = anyText.map((value) => value.replace(/[\ud800-\udfff]/g, '?'))
const property = (check: (value: string) => void, values = wellFormed) =>
  fc.assert(
    fc.property(values, (value) => {
      check(value)
    }),
    { numRuns: 300 },
  )

/** Words as a shell reads them, in one call for all. */
const readBySh = (words: readonly string[]): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

describe('sh', () => {
  it('comes back from a real shell as it went in', () => {
    const values = [...hostileNames, ...fc.sample(wellFormed, 400)].map((value) => value.replaceAll('\0', ''))
    expect(readBySh(values.map(sh))).toEqual(values)
  })

  it('has no NUL, which no argument can hold', () => {
    expect(readBySh([sh('a\0b')])).toEqual(['a_b'])
  })

  it('leaves plain words as they are', () => {
    expect(sh('api.shop.example:443')).toBe('api.shop.example:443')
    expect(sh('')).toBe("''")
  })

  it('makes no option of a file name', () => {
    expect(readBySh([shFile('-rf'), shFile('--help')])).toEqual(['./-rf', './--help'])
    property((value) => expect(shFile(value).replace(/^'/, '').startsWith('-')).toBe(false))
  })
})

describe('ps', () => {
  it('doubles every character that PowerShell takes for a quote', () => {
    property((value) => {
      const quoted = ps(value)
      if (!quoted.startsWith("'")) {
        expect(quoted).toMatch(/^[\w./:\\-]+$/)
        return
      }
      const inside = quoted.slice(1, -1)
      expect(inside.replace(/([\u2018-\u201b'])\1/g, '')).not.toMatch(/[\u2018-\u201b']/)
      expect(inside.replace(/([\u2018-\u201b'])\1/g, '$1')).toBe(value.replaceAll('\0', '_'))
    })
  })

  it('quotes variables and subexpressions', () => {
    expect(ps('$(id)')).toBe("'$(id)'")
    expect(ps('-rf')).toBe("'-rf'")
  })
})

describe('json, yaml and the strings of programming languages', () => {
  it('are JSON', () => {
    property((value) => expect(JSON.parse(json(value))).toBe(value))
    property((value) => expect(JSON.parse(text(value))).toBe(value))
  })

  it('hold no line break and no half of a surrogate pair', () => {
    property((value) => expect(text(value)).not.toMatch(/[\r\n\u0085\u2028\u2029\ufeff]/), anyText)
    expect(text('a\ud800b')).toBe('"a_b"')
  })

  it.skipIf(!available('python3'))('are read back by Python', () => {
    const values = [...hostileNames, ...fc.sample(wellFormed, 200)]
    const program = `import json\nprint(json.dumps([${values.map(text).join(', ')}]))`
    expect(JSON.parse(execFileSync('python3', ['-c', program], { encoding: 'utf8', maxBuffer: 1e7 }))).toEqual(values)
  })

  it.skipIf(yamlValue === undefined)('are read back by a YAML parser', () => {
    const values = [...hostileNames, ...fc.sample(wellFormed, 200)]
    expect(yamlValue?.(values.map((value) => `- ${yaml(value)}`).join('\n'))).toEqual(values)
  })
})

describe('java', () => {
  /** As the compiler does: first `\u` where the number of backslashes before it is even, then escapes. */
  function read(literal: string): string {
    const translated = literal.replace(/(\\*)\\u([0-9a-f]{4})/g, (all, before: string, code: string) =>
      before.length % 2 === 0 ? `${before}${String.fromCharCode(Number.parseInt(code, 16))}` : all,
    )
    expect(translated.slice(1, -1).replace(/\\./gs, '')).not.toMatch(/["\n\r]/)
    return translated
      .slice(1, -1)
      .replace(/\\([0-7]{3}|.)/gs, (_, code: string) =>
        code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code,
      )
  }

  it('is one string literal with the value', () => {
    property((value) => expect(read(java(value))).toBe(value))
  })

  it('does not let a unicode escape become a quote', () => {
    expect(java('\\u0022')).toBe('"\\\\u0022"')
  })
})

describe('the words of configurations', () => {
  it('are one word for nginx, without variables', () => {
    property((value) => {
      const quoted = nginx(value)
      expect(quoted).not.toMatch(/[$\r\n\0]/)
      if (quoted.startsWith('"')) expect(quoted).toMatch(/^"(?:[^"\\]|\\["\\])*"$/)
      else expect(quoted).toMatch(/^[\w./:@%+=,*-]+$/)
    })
  })

  it('are one word for HAProxy and for Apache', () => {
    property((value) => {
      expect(haproxy(value)).toMatch(/^(?:[\w./:@+=,-]+|'(?:[^'\r\n]|'\\'')*')$/)
      expect(apache(value)).toMatch(/^(?:[\w./:@+=,-]+|"(?:[^"\\\r\n]|\\["\\])*")$/)
      expect(apache(value)).not.toMatch(/[$%]\{/)
    })
  })

  it('are the value of an XML attribute', () => {
    property((value) => expect(xml(value)).toMatch(/^(?:[^<>"'&]|&(?:amp|lt|gt|quot|apos);)*$/))
    expect(xml('$' + '{catalina.home}"')).toBe('_{catalina.home}&quot;')
  })

  it('are one line in a sentence', () => {
    property((value) => expect(oneLine(value)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u))
  })
})
