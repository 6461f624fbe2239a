/** Loose comparison of names, for tables that keep only the common name and the organisation of a CA. */
import type { Name } from '../x509/model.ts'

/** The two attributes the tables are searched by. */
export interface CaName {
  /** Last common name, else last organisational unit, else last organisation. */
  readonly cn: string
  /** Last organisation. */
  readonly o?: string
}

/** ASCII without superfluous blanks: nothing to fold but case. Nearly every name is, and thousands are filed at start. */
const isPlain = /^[!-~]+(?: [!-~]+)*$/

/** Folds case, compatibility forms and white space, so that only meaningful differences remain. */
export function foldText(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase()
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const lastOf = (name: Pick<Name, 'rdns'>, type: 'CN' | 'O' | 'OU'): string | undefined =>
  name.rdns.flat().findLast((attribute) => attribute.type === type)?.value

/**
 * What a name is looked up by. Most specific values count, wherever they stand in the name.
 *
 * @returns `undefined` for a name that has none of the three.
 */
export function caNameOf(name: Pick<Name, 'rdns'>): CaName | undefined {
  const cn = lastOf(name, 'CN') ?? lastOf(name, 'OU') ?? lastOf(name, 'O')
  const o = lastOf(name, 'O')
  if (cn === undefined) return undefined
  return o === undefined ? { cn } : { cn, o }
}

/** Key under which a name is filed: equal for names that differ in case, white space or attribute order only. */
export function caNameKey(name: CaName): string {
  return `${foldText(name.cn)}\n${foldText(name.o ?? '')}`
}
