/** What passes between the page and the engine's worker. Structured-clone safe. */
import type { Report } from '../report/types.ts'
import type { LinkAnswer, LinkRequest } from './link-messages.ts'

/** One document to read: text, or the bytes of a binary file. */
export interface EngineDocument {
  readonly name: string
  readonly text?: string
  readonly bytes?: Uint8Array
}

export interface EngineOptions {
  /** Host to check names against, in place of the one in the paste. */
  readonly host?: string
}

export interface EngineRequest {
  readonly id: number
  readonly documents: readonly EngineDocument[]
  readonly options: EngineOptions
}

/** A request about links; its numbers are apart from those of analyses. */
export interface LinkMessage {
  readonly id: number
  readonly link: LinkRequest
}

export type EngineResponse =
  | { readonly id: number; readonly ok: true; readonly report: Report }
  | { readonly id: number; readonly ok: false; readonly message: string }
  | { readonly id: number; readonly link: LinkAnswer }
