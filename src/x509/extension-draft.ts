import type { Node } from './der.ts'
import type { Certificate } from './model.ts'
import type { Note } from './notes.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** The fields of a certificate that its extensions fill. */
export type ExtensionFacts = Pick<
  Certificate,
  | 'basicConstraints'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'netscapeCertType'
  | 'subjectAltNames'
  | 'subjectKeyId'
  | 'authorityKeyId'
  | 'nameConstraints'
  | 'caIssuers'
  | 'ocsp'
  | 'crlUrls'
  | 'policies'
  | 'scts'
  | 'precertificate'
>

/** The same while they are being filled. */
export type Draft = Mutable<ExtensionFacts>

/**
 * Decodes the value of one type of extension: fills its fields of the draft and returns lines to show.
 * Throws DerFault when the value is not what it should be, and then leaves the draft as it was.
 */
export type ExtensionDecoder = (value: Node, draft: Draft, note: Note) => string[]

/** A draft for a certificate without extensions. */
export const emptyDraft = (): Draft => ({
  subjectAltNames: noItems,
  caIssuers: noItems,
  ocsp: noItems,
  crlUrls: noItems,
  policies: noItems,
  scts: noItems,
  precertificate: false,
})

const noItems: readonly never[] = Object.freeze([])
