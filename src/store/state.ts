/** What the page knows. Plain data; only {@link ./store.ts} changes it. */
import type { Report } from '../report/types.ts'
import type { LinkKind, OpenFault } from '../worker/link-messages.ts'

export interface LoadedFile {
  /** Distinct within a session. */
  readonly id: number
  readonly name: string
  /** Size in bytes, as on disk. */
  readonly size: number
  /** Absent for a binary file. */
  readonly text?: string
  readonly bytes?: Uint8Array
  /** Opens a key store. In memory only: it is in no report, no link and no storage. */
  readonly password?: string
}

/** `paste`, or the id of a file: which document of the page a document of the report is. */
export type DocumentKey = 'paste' | number

/** A document as it was when the report was made: offsets of the report are offsets into this text. */
export interface AnalysedDocument {
  readonly key: DocumentKey
  readonly name: string
  readonly text?: string
}

/** A place to show. `nonce` tells one request to show a place from the next. */
export interface Jump {
  readonly document: number
  readonly start: number
  readonly end: number
  readonly nonce: number
}

export type Theme = 'system' | 'light' | 'dark'

export type Status = 'empty' | 'analysing' | 'done' | 'error'

/** `typed`: wait for a pause. `pasted`: a whole text came at once, so answer at once. */
export type EditKind = 'typed' | 'pasted'

/** What came by a link: what it is, or why it cannot be shown. */
export type Linked =
  | { readonly state: 'opening'; readonly fragment: string }
  /** `wrong`: the last passphrase was not the right one. */
  | { readonly state: 'locked'; readonly fragment: string; readonly wrong: boolean }
  | { readonly state: 'failed'; readonly fault: OpenFault | 'failed' }
  | {
      readonly state: 'open'
      readonly kind: LinkKind
      readonly encrypted: boolean
      /** Version of the program that made it. */
      readonly version: string
      /** What the sender saw; absent for findings, which are the sender's. */
      readonly sender?: {
        readonly status: string
        readonly cause: string
        readonly headline: string
        readonly evaluatedAt: string
      }
    }

export interface Cleared {
  readonly text: string
  readonly files: readonly LoadedFile[]
  readonly host: string
}

export interface State {
  readonly text: string
  /** Counts the times the text was set from outside the editor. */
  readonly textRevision: number
  readonly files: readonly LoadedFile[]
  /** Files that could not be read, each with its reason. */
  readonly fileProblems: readonly { readonly name: string; readonly reason: string }[]
  readonly shown: DocumentKey
  readonly status: Status
  /** Kept while a newer one is made. */
  readonly report: Report | null
  readonly analysed: readonly AnalysedDocument[]
  /** Counts the reports of new input; one that only follows typing keeps the number. */
  readonly generation: number
  /** How the input of `report` came. */
  readonly reportOrigin: EditKind
  readonly error: string | null
  /** Host to check names against; empty: the one in the paste. */
  readonly host: string
  /** Index into the captures; `null`: all. */
  readonly capture: number | null
  /** `Finding.id`; `null`: none. */
  readonly finding: string | null
  readonly jump: Jump | null
  /** Platform whose fix is shown, where a finding has it. */
  readonly platform: string | null
  readonly secretsShown: boolean
  /** On a narrow page: is the paste unfolded. */
  readonly pasteOpen: boolean
  readonly theme: Theme
  readonly cleared: Cleared | null
  readonly linked: Linked | null
  /** Verdicts are kept in this browser. */
  readonly history: boolean
}

export const initialState: State = {
  text: '',
  textRevision: 0,
  files: [],
  fileProblems: [],
  shown: 'paste',
  status: 'empty',
  report: null,
  analysed: [],
  generation: 0,
  reportOrigin: 'typed',
  error: null,
  host: '',
  capture: null,
  finding: null,
  jump: null,
  platform: null,
  secretsShown: false,
  pasteOpen: true,
  theme: 'system',
  cleared: null,
  linked: null,
  history: false,
}
