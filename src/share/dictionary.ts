/** What DEFLATE may refer back to, by the version of the link. Every dictionary that links were made with stays. */
import { fromBase64 } from './base64url.ts'
import { findingsText, inputBase64 } from './data/dictionary-1.ts'

let findings: Uint8Array | undefined
let input: Uint8Array | undefined

/** For links of findings: the words of the rules. */
export function findingsDictionary(): Uint8Array {
  findings ??= new TextEncoder().encode(findingsText)
  return findings
}

/** For links of the input: what tools print, and what public CAs put into certificates. */
export function inputDictionary(): Uint8Array {
  input ??= fromBase64(inputBase64)
  return input
}
