/** Makes and opens links. Nothing here touches the network, storage or the page. */
import { err, ok, type Result } from '../core/result.ts'
import type { Report } from '../report/types.ts'
import { fromCompact, toCompact } from './compact.ts'
import { compress, decompress } from './compress.ts'
import { findingsDictionary, inputDictionary } from './dictionary.ts'
import { decrypt, encrypt } from './encrypt.ts'
import { type FrameFault, type LinkKind, readFrame, writeFrame } from './frame.ts'
import { shareLimits } from './limits.ts'
import {
  type KnownCertificates,
  type PiecedDocument,
  packInput,
  parseJson,
  type SenderVerdict,
  type SharedInput,
  unpackInput,
} from './shared-input.ts'

export interface Sealing {
  readonly passphrase: string
  /** Cryptographically secure bytes. */
  readonly random: (length: number) => Uint8Array
}

export type OpenFault = FrameFault | 'needs-passphrase' | 'wrong-passphrase' | 'invalid'

export type Opened =
  | { readonly kind: 'findings'; readonly report: Report; readonly version: string; readonly encrypted: boolean }
  | {
      readonly kind: 'certificates' | 'input'
      readonly input: SharedInput
      readonly encrypted: boolean
    }

/**
 * A fragment with the findings alone.
 * @param report redacted, if it is to be
 * @param version of the program
 * @returns the fragment, without `#`
 */
export async function findingsLink(report: Report, version: string, sealing?: Sealing): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(toCompact(report, version)))
  return finish('findings', compress(text, findingsDictionary()), sealing)
}

/** A fragment with what is needed to judge again. Secrets must be out of `documents` already. */
export async function inputLink(
  kind: 'certificates' | 'input',
  input: { readonly documents: readonly PiecedDocument[]; readonly host?: string; readonly sender: SenderVerdict },
  known: KnownCertificates,
  sealing?: Sealing,
): Promise<string> {
  const packed = packInput(input.documents, input.host, input.sender, known)
  return finish(kind, compress(packed, inputDictionary()), sealing)
}

async function finish(kind: LinkKind, content: Uint8Array, sealing: Sealing | undefined): Promise<string> {
  if (!sealing) return writeFrame({ kind, content })
  const inner = new Uint8Array(content.length + 1)
  inner[0] = kinds.indexOf(kind)
  inner.set(content, 1)
  return writeFrame({ kind: 'encrypted', content: await encrypt(inner, sealing.passphrase, sealing.random) })
}

/** First byte of what is encrypted: append, never reorder. */
const kinds: readonly LinkKind[] = ['findings', 'certificates', 'input']

/**
 * Opens a fragment.
 * @param passphrase for an encrypted one; without it the answer is `needs-passphrase`
 * @returns what it holds, or why it cannot be opened; never rejects on account of the fragment
 */
export async function openLink(
  fragment: string,
  known: KnownCertificates,
  passphrase?: string,
): Promise<Result<Opened, OpenFault>> {
  const frame = readFrame(fragment)
  if (!frame.ok) return frame
  if (frame.value.kind !== 'encrypted') return openContent(frame.value.kind, frame.value.content, known, false)
  if (passphrase === undefined) return err('needs-passphrase')
  const plain = await decrypt(frame.value.content, passphrase)
  if (!plain.ok) return plain
  const kind = kinds[plain.value[0] ?? kinds.length]
  return kind === undefined ? err('invalid') : openContent(kind, plain.value.subarray(1), known, true)
}

function openContent(
  kind: LinkKind,
  content: Uint8Array,
  known: KnownCertificates,
  encrypted: boolean,
): Result<Opened, OpenFault> {
  const findings = kind === 'findings'
  const inflated = decompress(
    content,
    findings ? findingsDictionary() : inputDictionary(),
    findings ? shareLimits.findingsBytes : shareLimits.inputBytes,
  )
  if (!inflated.ok) return inflated
  if (findings) {
    const opened = fromCompact(parseJson(inflated.value))
    return opened.ok ? ok({ kind, encrypted, ...opened.value }) : opened
  }
  const opened = unpackInput(inflated.value, known)
  return opened.ok ? ok({ kind, encrypted, input: opened.value }) : opened
}
