/** What terminals, mark-up and typing put between the characters of a text, and what it stands for. */
import { Edits } from './mapped-text.ts'

/** Tags that style text inside of a line, and tags that stand for a line break. Others are left: they may be data. */
const inlineTags = 'span|pre|code|font|b|i|em|strong|tt|samp|kbd|mark'
const breakTags = 'div|p|li|td|tr'

/** What is longer or shorter than what it stands for, in the order in which it is tried. Every repetition is bounded or one class. */
const odd = new RegExp(
  [
    '(?:\\r\\n)+',
    // Terminal control: CSI, OSC (bounded: an unfinished one must not swallow the text), character sets, two-character escapes.
    '\\u001b(?:\\[[0-?]{0,64}[ -/]{0,8}[@-~]|\\][^\\u0007\\u001b\\n]{0,2048}(?:\\u0007|\\u001b\\\\)|[()*+][0-9A-Z]|[=>78cM@-Z\\\\^_])',
    '(?:\\u001b[\\[\\]](?=\\u001b)){1,1000}',
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\u202a-\\u202e\\u2066-\\u2069]+',
    // The same control sequences as text: as `cat -v` shows them, as JSON and source code write them, and with ESC lost.
    '(?:\\^\\[|\\\\(?:u001[bB]|x1[bB]|033|e))\\[[0-9;?]{0,20}[A-Za-z]',
    '\\[(?:\\d{1,3}(?:;\\d{1,3}){0,5}m|0?K(?=\\n|$))',
    '\\^M(?=\\n|$)',
    // Escapes that JSON has inside of base64.
    '\\\\u00(?:2[bBfF]|3[dD])|\\\\/(?<=[A-Za-z0-9+/]\\\\/)(?=[A-Za-z0-9+/=\\\\])',
    '&(?:#\\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[a-zA-Z]{2,8});',
    '<[bB][rR] ?/?>\\r?\\n?',
    `</?(?:${inlineTags}|${breakTags})(?: [^<>\\n]{0,300})?>`,
    // Code blocks of Markdown, Jira and Confluence.
    '`{3,8}(?:[a-z]{1,12}(?=\\n))?',
    '\\{(?:noformat|code|panel|quote)(?::[^}\\n]{0,120})?\\}',
    // A line between single back quotes.
    // The character comes first: looking back at every place would take too long.
    '`(?<![^\\n]`)(?=[^`\\n]{1,400}`(?:\\n|$))|`(?=\\n|$)(?<=(?<![^\\n])`[^`\\n]{1,400}`)',
  ].join('|'),
  'g',
)

const isBreak = new RegExp(`^</?(?:${breakTags})[ >]`)

/** Finds the edits that take it away, or put in its place what it stands for. */
export function characterEdits(text: string): Edits {
  const edits = new Edits()
  odd.lastIndex = 0
  for (let match = odd.exec(text); match !== null; match = odd.exec(text)) {
    const [found] = match
    const start = match.index
    if (found === '\r\n') edits.add(start, start + 1, '')
    else {
      const replacement = replacementOf(found)
      if (replacement !== found) edits.add(start, start + found.length, replacement)
    }
  }
  return edits
}

function replacementOf(found: string): string {
  switch (found[0]) {
    case '\r':
      return '\n'.repeat(found.length / 2)
    case '<':
      return /^<br/i.test(found) || isBreak.test(found) ? '\n' : ''
    case '&':
      return entityValue(found)
    case '{':
      return '\n'
    case '`':
      return found.length === 1 ? '' : '\n'
    case '\\':
      if (found === '\\/') return '/'
      return /^\\u00[23]/.test(found) ? String.fromCharCode(Number.parseInt(found.slice(2), 16)) : ''
    default:
      return ''
  }
}

/** The plain character that typography stands for; nothing for what is invisible. */
export function plainCharacter(code: number): string {
  if (code === 0x2028 || code === 0x2029) return '\n'
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a)) return ' '
  if (code === 0x202f || code === 0x205f || code === 0x3000) return ' '
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-'
  if ((code >= 0x201c && code <= 0x201f) || code === 0xab || code === 0xbb) return '"'
  if (code >= 0x2018 && code <= 0x201b) return "'"
  if (code === 0xff1a) return ':'
  return ''
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ensp', ' '],
  ['emsp', ' '],
  ['thinsp', ' '],
  ['ndash', '-'],
  ['mdash', '-'],
  ['minus', '-'],
  ['hyphen', '-'],
  ['dash', '-'],
  ['shy', ''],
  ['ldquo', '"'],
  ['rdquo', '"'],
  ['lsquo', "'"],
  ['rsquo', "'"],
  ['equals', '='],
  ['plus', '+'],
  ['sol', '/'],
  ['colon', ':'],
  ['comma', ','],
])

/** What an HTML entity stands for; itself when it is none, so that `a &b; c` of a shell stays. */
function entityValue(entity: string): string {
  const name = entity.slice(1, -1)
  if (name[0] !== '#') return entities.get(name) ?? entity
  const hexadecimal = name[1] === 'x' || name[1] === 'X'
  const code = Number.parseInt(name.slice(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10)
  if (code === 9 || code === 10 || (code >= 0x20 && code < 0x7f)) return String.fromCharCode(code)
  if (code === 13) return ''
  const plain = plainCharacter(code)
  if (plain !== '' || code === 0xad || (code >= 0x200b && code <= 0x200f)) return plain
  return code >= 0xa0 && code < 0xd800 ? String.fromCharCode(code) : entity
}
