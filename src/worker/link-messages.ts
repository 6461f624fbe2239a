/** What passes between the page and the worker about links. Structured-clone safe. */
import type { Report } from '../report/types.ts'
import type { LinkKind } from '../share/frame.ts'
import type { Opened, OpenFault } from '../share/link.ts'

export type { LinkKind, Opened, OpenFault }

export interface MakeLink {
  readonly task: 'make'
  readonly kind: LinkKind
  /** Redacted already, if it is to be. */
  readonly report: Report
  /** In the order of `report.documents`; without text: binary. */
  readonly documents: readonly { readonly name: string; readonly text?: string }[]
  readonly host?: string
  /** Empty or absent: not encrypted. */
  readonly passphrase?: string
  readonly version: string
}

export interface OpenLink {
  readonly task: 'open'
  /** Without `#`. */
  readonly fragment: string
  readonly passphrase?: string
}

export type LinkRequest = MakeLink | OpenLink

export type LinkAnswer =
  | { readonly ok: true; readonly fragment: string }
  | { readonly ok: true; readonly opened: Opened }
  | { readonly ok: false; readonly fault: OpenFault | 'failed' }
