/** What passes between the page and the engine's worker. Structured-clone safe. */
import type { Report } from '../report/types.ts'
import type { LinkAnswer, LinkRequest } from './link-messages.ts'

/** One document to read: text, or the bytes of a binary file. */
export interface EngineDocument {
  readonly name: string
  readonly text?: string
  readonly bytes?: Uint8Array
  /** Opens a key store. */
  readonly password?: string
}

export interface EngineOptions {
  /** Host to check names against, in place of the one in the paste. */
  readonly host?: string
}

export interface InspectRequest {
  readonly id: number
  readonly documents: readonly EngineDocument[]
  readonly options: EngineOptions
}

/** A request about links; its numbers are apart from those of analyses. */
export interface LinkMessage {
  readonly id: number
  readonly link: LinkRequest
}

/** Asks for the files of an archive. */
export interface UnpackRequest {
  readonly id: number
  readonly archive: { readonly name: string; readonly bytes: Uint8Array }
}

export type EngineRequest = InspectRequest | UnpackRequest | LinkMessage

/** A file of an archive: its bytes, or why it was left out. */
export interface UnpackedFile {
  readonly name: string
  readonly bytes?: Uint8Array
  /** A sentence. */
  readonly refused?: string
}

export type EngineResponse =
  | { readonly id: number; readonly files: readonly UnpackedFile[] }
  | { readonly id: number; readonly ok: true; readonly report: Report }
  | { readonly id: number; readonly ok: false; readonly message: string }
  | { readonly id: number; readonly link: LinkAnswer }
