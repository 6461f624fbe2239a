import { readLinkBase } from '../../store/preferences.ts'

/** The address of this page without query and fragment, or nothing where no one else can open it. */
export const ownAddress = (): string => (location.protocol === 'file:' ? '' : `${location.origin}${location.pathname}`)

/** The address that links begin with: the one that was set, else this page's. */
export const startAddress = (): string => readLinkBase() || ownAddress()

/** Is it an address that a link may begin with? The fragment is ours. */
export function isAddress(text: string): boolean {
  try {
    const { protocol, hash } = new URL(text)
    return (protocol === 'https:' || protocol === 'http:') && hash === ''
  } catch {
    return false
  }
}
