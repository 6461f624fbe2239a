/** Opens what comes by a link, and makes links of what is on the page. */
import type { StoreApi } from 'zustand/vanilla'
import type { Report } from '../report/types.ts'
import { findFragment } from '../share/frame.ts'
import type { Engine } from '../worker/client.ts'
import type { LinkKind } from '../worker/link-messages.ts'
import { textFile, unixLines } from './files.ts'
import { initialState, type State } from './state.ts'
import { version } from './version.ts'

/** The fragment of a link, when the text is one and nothing else. */
export function fragmentIn(text: string): string | undefined {
  const trimmed = text.trim()
  return /\s/.test(trimmed) ? undefined : findFragment(trimmed)
}

export interface LinkRequestOfPage {
  readonly kind: LinkKind
  /** Redacted already, if it is to be. */
  readonly report: Report
  readonly passphrase: string
}

export interface Linking {
  /** Opens a fragment in place of what is on the page. */
  open(fragment: string, passphrase?: string): Promise<void>
  /** @returns the fragment, or undefined when it could not be made */
  make(request: LinkRequestOfPage): Promise<string | undefined>
}

/** @param analyse judges what is in the store */
export function createLinking(store: StoreApi<State>, engine: Engine, analyse: () => Promise<void>): Linking {
  const { getState, setState } = store
  let latest = 0

  async function open(fragment: string, passphrase?: string): Promise<void> {
    latest += 1
    const mine = latest
    if (passphrase === undefined) {
      engine.cancel()
      const { theme, platform, history, textRevision, generation } = getState()
      setState({
        ...initialState,
        theme,
        platform,
        history,
        generation,
        textRevision: textRevision + 1,
        linked: { state: 'opening', fragment },
      })
    }
    const answer = await engine.link({ task: 'open', fragment, ...(passphrase === undefined ? {} : { passphrase }) })
    // Something else was pasted meanwhile, or another link opened: the answer is no longer wanted.
    if (mine !== latest || getState().linked === null) return
    if (!answer.ok) {
      const locked = answer.fault === 'needs-passphrase' || answer.fault === 'wrong-passphrase'
      setState({
        linked: locked
          ? { state: 'locked', fragment, wrong: answer.fault === 'wrong-passphrase' }
          : { state: 'failed', fault: answer.fault },
      })
      return
    }
    if (!('opened' in answer)) return
    const { opened } = answer
    const { kind, encrypted } = opened
    if (opened.kind === 'findings') {
      setState((state) => ({
        status: 'done',
        report: opened.report,
        analysed: [],
        generation: state.generation + 1,
        finding: opened.report.verdict.finding ?? null,
        pasteOpen: false,
        linked: { state: 'open', kind, encrypted, version: opened.version },
      }))
      return
    }
    const { documents, host = '', sender } = opened.input
    const paste = documents.find(({ name }) => name === 'paste')
    const { version: made, ...seen } = sender
    setState((state) => ({
      text: unixLines(paste?.text ?? ''),
      textRevision: state.textRevision + 1,
      files: documents.filter((document) => document !== paste).map(({ name, text }) => textFile(name, text)),
      host,
      linked: { state: 'open', kind, encrypted, version: made, sender: seen },
    }))
    await analyse()
  }

  async function make({ kind, report, passphrase }: LinkRequestOfPage): Promise<string | undefined> {
    const { analysed, host } = getState()
    const documents = analysed.map(({ name, text }) => (text === undefined ? { name } : { name, text }))
    const answer = await engine.link({ task: 'make', kind, report, documents, host, passphrase, version })
    return answer.ok && 'fragment' in answer ? answer.fragment : undefined
  }

  return { open, make }
}
