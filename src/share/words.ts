/** The closed vocabularies of the report by number. Links hold the numbers: append, never reorder. */

export const statuses = ['broken', 'at-risk', 'healthy', 'inconclusive'] as const
export const severities = ['error', 'warning', 'info'] as const
export const confidences = ['certain', 'likely', 'hint'] as const
export const owners = ['server-operator', 'client', 'proxy-team', 'network-team', 'ca', 'reporter', 'nobody'] as const
export const instants = ['now', 'capture', 'option'] as const
export const roles = ['leaf', 'intermediate', 'root'] as const
export const sources = ['served', 'supplied', 'store', 'printed', 'known', 'unknown'] as const
export const links = ['verified', 'unverified', 'failed', 'missing', 'self-signed', 'none'] as const
export const trusts = ['yes', 'no', 'unknown'] as const

/** A word from outside: one of the list, whatever the number. */
export const wordAt = <const T extends readonly string[]>(list: T, index: number): T[number] =>
  list[index] ?? (list.at(-1) as T[number])

export const numberOf = <const T extends readonly string[]>(list: T, word: T[number]): number =>
  Math.max(0, list.indexOf(word))
