/** Key stores as documents. This file brings the decryption along, so it is loaded when the first key store comes. */
import { type Jks, readJks } from '../../x509/jks.ts'
import { openPkcs12, type Pkcs12 } from '../../x509/pkcs12.ts'
import { newCapture } from '../capture.ts'
import type { Capture, ContainerFacts, EncodedBlock, InputDocument, ReadDocument } from '../model.ts'
import { type Arranged, arrangePkcs12, completesChains } from './arrange.ts'

/** Passwords that need not be asked for: none, and the one that Java's tools have everywhere. */
const usualPasswords = ['', 'changeit']

type Entry = ContainerFacts['entries'][number]

/** Certificates that belong together: the chain of a key, or what is trusted. */
interface Group {
  readonly label: string
  readonly certificates: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
}

/**
 * Reads a key store.
 * @param index of the document in the input
 * @returns its certificates; without the password of a PKCS#12 file only that it is locked
 */
export function readKeystore(
  document: InputDocument,
  bytes: Uint8Array,
  format: 'PKCS#12' | 'JKS',
  index: number,
): ReadDocument {
  const { name, password } = document
  const passwords = password === undefined ? usualPasswords : [password, ...usualPasswords]
  const place = { document: index, start: 0, end: 0 }
  const base = { index, name, text: '', binary: true, length: bytes.length, captures: [], secrets: [], skipped: [] }
  const refuse = (reason: string) => ({ ...base, skipped: [{ span: place, reason: `${name} ${reason}.` }] })
  if (format === 'JKS') {
    const store = readJks(bytes, passwords)
    if (!store.ok) return refuse(store.error)
    const { cut } = store.value
    return {
      ...base,
      captures: capturesOf(groupsOfJks(store.value), index),
      container: factsOfJks(store.value, password !== undefined),
      skipped: cut
        ? [
            {
              span: place,
              reason: `${name} is cut off, or one of its entries cannot be read: what comes before is read.`,
            },
          ]
        : [],
    }
  }
  const store = openPkcs12(bytes, passwords)
  if (!store.ok) {
    if (store.error.code !== 'password') return refuse(store.error.message)
    const wrongPassword = password !== undefined
    const reason = wrongPassword
      ? 'is a PKCS#12 file, and the password that was given does not open it'
      : 'is a PKCS#12 file that needs its password: neither an empty one nor "changeit" opens it'
    return { ...refuse(reason), locked: { kind: 'PKCS#12', wrongPassword } }
  }
  const { closed } = store.value
  const arranged = arrangePkcs12(store.value)
  return {
    ...base,
    captures: capturesOf(groupsOfPkcs12(store.value, arranged), index),
    container: factsOfPkcs12(store.value, arranged, password !== undefined),
    ...(closed > 0
      ? {
          locked: { kind: 'PKCS#12' as const, wrongPassword: password !== undefined },
          skipped: [{ span: place, reason: `A part of ${name} needs its password; the rest is read.` }],
        }
      : {}),
  }
}

function capturesOf(groups: readonly Group[], document: number): Capture[] {
  const span = { document, start: 0, end: 0 }
  const block = (label: string, der: Uint8Array): EncodedBlock => ({
    span,
    label,
    role: 'loose',
    der,
    truncated: false,
  })
  return groups
    .filter(({ certificates, crls = [] }) => certificates.length + crls.length > 0)
    .map(({ label, certificates, crls = [] }) =>
      newCapture({
        document,
        span,
        tool: 'keystore',
        toolLabel: label,
        kind: 'file',
        blocks: [...certificates.map((der) => block('CERTIFICATE', der)), ...crls.map((der) => block('X509 CRL', der))],
      }),
    )
}

const quoted = (alias: string | undefined): string => (alias === undefined || alias === '' ? '' : ` "${alias}"`)

/** A key has its chain in the order in which Java sends it. */
function groupsOfJks({ kind, entries }: Jks): Group[] {
  const store = `Java key store (${kind})`
  const keys = entries.filter((entry) => entry.kind === 'key')
  const trusted = entries.flatMap((entry) => (entry.kind === 'trusted' ? (entry.certificates[0] ?? []) : []))
  return [
    ...keys.map(({ alias, certificates }) => ({ label: `${store}, key${quoted(alias)}`, certificates })),
    ...trustGroups(store, trusted),
  ]
}

function factsOfJks({ kind, entries, password }: Jks, given: boolean): ContainerFacts {
  return {
    kind,
    integrity: password !== undefined ? 'verified' : given ? 'failed' : 'unchecked',
    entries: entries.map((entry): Entry => {
      const type = entry.kind === 'trusted' ? 'certificate' : entry.kind
      return { alias: entry.alias, kind: type, certificates: entry.certificates.length }
    }),
  }
}

function groupsOfPkcs12({ keys, crls }: Pkcs12, { chains, rest }: Arranged): Group[] {
  const store = 'PKCS#12 file'
  const groups = chains.map((chain, index) => ({
    label: `${store}${keys[index] ? `, key${quoted(keys[index].alias ?? chain[0]?.alias)}` : ''}`,
    certificates: chain.map(({ der }) => der),
  }))
  const others = trustGroups(
    store,
    rest.map(({ der }) => der),
    rest.some(({ trusted }) => trusted) ? 'trusted' : 'other',
  )
  return [...groups, ...others, { label: `${store}, CRLs`, certificates: [], crls }]
}

function factsOfPkcs12(
  { keys, others, integrity }: Pkcs12,
  { chains, rest }: Arranged,
  given: boolean,
): ContainerFacts {
  const named = (alias: string | undefined) => (alias === undefined ? {} : { alias })
  const loose = [...chains.slice(keys.length).flat(), ...rest]
  return {
    kind: 'PKCS#12',
    integrity: integrity === 'unchecked' && given ? 'failed' : integrity,
    entries: [
      ...keys.map((key, index): Entry => {
        const chain = chains[index] ?? []
        return { ...named(key.alias ?? chain[0]?.alias), kind: 'key', certificates: chain.length }
      }),
      ...loose.map(({ alias }): Entry => ({ ...named(alias), kind: 'certificate', certificates: 1 })),
      ...Array.from({ length: others }, (): Entry => ({ kind: 'secret', certificates: 0 })),
    ],
  }
}

/** CAs of a store complete other chains; a trusted certificate that is none stands alone, for nothing belongs to it. */
function trustGroups(store: string, certificates: readonly Uint8Array[], word = 'trusted'): Group[] {
  const completing = certificates.filter(completesChains)
  const alone = certificates.filter((der) => !completesChains(der))
  return [
    { label: `${store}, ${word} certificates`, certificates: completing },
    ...alone.map((der) => ({ label: `${store}, ${word} certificate`, certificates: [der] })),
  ]
}
