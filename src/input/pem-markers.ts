/** Finds the BEGIN and END lines of PEM, however few dashes are left of them. */

export interface Marker {
  readonly kind: 'BEGIN' | 'END'
  readonly label: string
  readonly start: number
  readonly end: number
}

/** Most dashes on a side; typography turns five into one to ten. */
const maximumDashes = 10

const between = '(?: |%20|\\+)'
const pattern = new RegExp(
  `(BEGIN|END)${between}{1,3}([A-Z0-9](?:[A-Z0-9.#]|${between}){0,50}?)${between}?(-{1,${maximumDashes}})`,
  'g',
)

/** Markers of a text in order. URL-encoded ones count; there a blank is `%20` or `+`. */
export function findMarkers(text: string): Marker[] {
  const markers: Marker[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    let start = match.index
    if (text[start - 1] === ' ') start--
    const beforeDashes = start
    while (start > 0 && text[start - 1] === '-' && beforeDashes - start < maximumDashes) start--
    if (start === beforeDashes) continue
    markers.push({
      kind: match[1] as 'BEGIN' | 'END',
      label: (match[2] as string).replace(/%20|\+/g, ' ').trim(),
      start,
      end: match.index + match[0].length,
    })
  }
  return markers
}
