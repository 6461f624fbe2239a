/** Fingerprints and serial numbers in pairs: `AB:CD:EF`, as browsers and openssl print them. */
export function pairs(hex: string): string {
  return (hex.toUpperCase().match(/.{1,2}/g) ?? []).join(':')
}

/** Items by the key they share, in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

/** A file name from a certificate's name: letters, digits, dots and dashes, at most 60 of them. */
export function fileName(name: string, extension: string): string {
  const stem = name
    .replace(/^\*\./, 'wildcard.')
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 60)
  return `${stem === '' ? 'certificate' : stem}.${extension}`
}
