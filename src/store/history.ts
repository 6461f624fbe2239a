/**
 * Verdicts kept on this machine, when the user wants it: findings only, as a link carries them, so no paste, certificate
 * or secret is stored.
 */
import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval'
import type { Report } from '../report/types.ts'

export interface HistoryEntry {
  /** Milliseconds since 1970; also the key. */
  readonly at: number
  readonly status: Report['verdict']['status']
  readonly headline: string
  readonly host: string
  /** Of a link of findings. */
  readonly fragment: string
}

/** Entries that are kept; the oldest go first. */
const kept = 100

let opened: UseStore | undefined
const database = (): UseStore => {
  opened ??= createStore('weaklink', 'history')
  return opened
}

/** Newest first. Empty where the browser gives no storage. */
export async function readHistory(): Promise<readonly HistoryEntry[]> {
  try {
    const all = await entries<number, HistoryEntry>(database())
    return all.map(([, entry]) => entry).sort((a, b) => b.at - a.at)
  } catch {
    return []
  }
}

/** Adds a verdict; one of the same fragment takes the place of the older. */
export async function remember(entry: HistoryEntry): Promise<void> {
  try {
    const all = await readHistory()
    const gone = all.filter(({ fragment }, index) => fragment === entry.fragment || index >= kept - 1)
    for (const { at } of gone) await del(at, database())
    await set(entry.at, entry, database())
  } catch {
    // Without storage there is no history; the report on the page does not depend on it.
  }
}

export async function forgetAll(): Promise<void> {
  try {
    await clear(database())
  } catch {
    // Nothing was stored where there is no storage.
  }
}
