/** The page's state apart from React: what was pasted, what the engine said, what is selected. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Report } from '../report/types.ts'
import type { Engine } from '../worker/client.ts'
import type { EngineDocument } from '../worker/messages.ts'
import { type GivenFile, readFiles, unixLines } from './files.ts'
import { forgetAll, remember } from './history.ts'
import { createLinking, fragmentIn, type Linking } from './linking.ts'
import { readKeepHistory, readPlatform, readTheme, saveKeepHistory, savePlatform, saveTheme } from './preferences.ts'
import {
  type AnalysedDocument,
  type DocumentKey,
  type EditKind,
  initialState,
  type State,
  type Theme,
} from './state.ts'

/** Pause in typing before the text is read, in milliseconds: shorter than the eye, longer than a keystroke. */
const typingPause = 120

export interface Actions {
  /** The editor's text changed. It is read when it is needed, because reading a long one takes time. */
  edited(read: () => string, kind: EditKind): void
  /** Replaces the text, as by an example. */
  setText(text: string): void
  /** Reads files; `problems` are those that could not even be opened. */
  addFiles(files: readonly GivenFile[], problems?: State['fileProblems']): Promise<void>
  /** Opens a key store with its password, and judges again. */
  unlock(id: number, password: string): void
  removeFile(id: number): void
  forgetFileProblems(): void
  show(key: DocumentKey): void
  setHost(host: string): void
  selectCapture(index: number | null): void
  selectFinding(id: string | null): void
  /** Shows a place of a document in the editor. `finding` is the one that rests on it. */
  jumpTo(place: { document: number; start: number; end: number }, finding?: string): void
  choosePlatform(platform: string): void
  showSecrets(shown: boolean): void
  openPaste(open: boolean): void
  setTheme(theme: Theme): void
  clear(): void
  restore(): void
  /** Opens a fragment of a link in place of what is on the page; `passphrase` for one that is locked. */
  openLink(fragment: string, passphrase?: string): void
  /** Switches the history of verdicts on or off; off deletes it. */
  keepHistory(on: boolean): void
  /** Leaves what came by a link. */
  leaveLink(): void
  makeLink: Linking['make']
  /** Runs the analysis again, after an error. */
  retry(): void
  /** Readies the engine with a text that nobody waits for. */
  warm(text: string): void
}

export type AppStore = StoreApi<State> & { readonly actions: Actions }

export function createAppStore(engine: Engine): AppStore {
  const store = createStore<State>()(() => ({
    ...initialState,
    theme: readTheme(),
    platform: readPlatform(),
    history: readKeepHistory(),
  }))
  const { setState, getState } = store
  let pending: { read: () => string; kind: EditKind } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let jumps = 0

  function flush() {
    clearTimeout(timer)
    if (!pending) return
    const { read, kind } = pending
    pending = null
    const text = read()
    if (text === getState().text) return
    const fragment = kind === 'pasted' ? fragmentIn(text) : undefined
    if (fragment !== undefined) {
      void linking.open(fragment)
      return
    }
    setState({ text, linked: null, ...(text === '' ? {} : { cleared: null }) })
    void analyse(kind)
  }

  async function analyse(origin: EditKind) {
    const { text, files, host } = getState()
    const analysed: AnalysedDocument[] = []
    const documents: EngineDocument[] = []
    if (text.trim() !== '') {
      analysed.push({ key: 'paste', name: 'paste', text })
      documents.push({ name: 'paste', text })
    }
    for (const file of files) {
      const { id, name } = file
      analysed.push({ key: id, name, ...(file.text === undefined ? {} : { text: file.text }) })
      const password = file.password === undefined ? {} : { password: file.password }
      documents.push(
        file.text === undefined
          ? { name, bytes: file.bytes ?? new Uint8Array(), ...password }
          : { name, text: file.text },
      )
    }
    const { linked } = getState()
    // Findings that came by a link have no document to judge again.
    if (documents.length === 0 && linked?.state === 'open' && linked.kind === 'findings') return
    if (documents.length === 0) {
      engine.cancel()
      setState({
        status: 'empty',
        report: null,
        analysed: [],
        error: null,
        capture: null,
        finding: null,
        jump: null,
        secretsShown: false,
        pasteOpen: true,
      })
      return
    }
    setState({ status: 'analysing', error: null })
    const answer = await engine.inspect(documents, host === '' ? {} : { host })
    if (answer.kind === 'superseded') return
    if (answer.kind === 'failed') {
      // An older answer beside the fault would pass for the answer to this paste.
      setState({ status: 'error', error: answer.message, report: null, analysed: [], finding: null, capture: null })
      return
    }
    setState((state) => ({ status: 'done', analysed, reportOrigin: origin, ...accept(state, answer.report, origin) }))
    if (origin === 'pasted' && getState().linked === null) void keep(answer.report)
  }

  /** Notes the verdict of a pasted input, if the user wants that. */
  async function keep(report: Report) {
    if (!getState().history || report.captures.length === 0) return
    const fragment = await linking.make({ kind: 'findings', report, passphrase: '' })
    if (fragment === undefined || !getState().history) return
    const { status, headline } = report.verdict
    const host = report.captures.find((capture) => capture.host)?.host ?? ''
    await remember({ at: Date.now(), status, headline, host, fragment })
  }

  /** What a new report keeps of the selection, and what it starts afresh. */
  function accept(state: State, report: Report, origin: EditKind): Partial<State> {
    const fresh = origin === 'pasted' || !state.report
    const lead = report.verdict.finding ?? null
    const finding = !fresh && report.findings.some(({ id }) => id === state.finding) ? state.finding : lead
    const capture = !fresh && state.capture !== null && state.capture < report.captures.length ? state.capture : null
    return {
      report,
      generation: state.generation + (fresh ? 1 : 0),
      finding,
      capture,
      jump: null,
      ...(origin === 'pasted' ? { pasteOpen: false } : {}),
    }
  }

  const linking = createLinking(store, engine, () => analyse('pasted'))

  const actions: Actions = {
    edited(read, kind) {
      pending = { read, kind }
      clearTimeout(timer)
      if (kind === 'pasted') flush()
      else timer = setTimeout(flush, typingPause)
    },
    setText(text) {
      clearTimeout(timer)
      pending = null
      setState((state) => ({
        text: unixLines(text),
        textRevision: state.textRevision + 1,
        shown: 'paste',
        secretsShown: false,
        cleared: null,
        linked: null,
      }))
      void analyse('pasted')
    },
    async addFiles(list, problems = []) {
      const outcomes = await readFiles(list, engine.unpack)
      flush()
      const files = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.file] : []))
      const fileProblems = [...problems, ...outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome]))]
      setState((state) => ({ files: [...state.files, ...files], fileProblems, cleared: null, linked: null }))
      const first = files.find((file) => file.text !== undefined) ?? files[0]
      if (getState().text.trim() === '' && first) setState({ shown: first.id })
      if (files.length > 0) void analyse('pasted')
    },
    unlock(id, password) {
      setState((state) => ({ files: state.files.map((file) => (file.id === id ? { ...file, password } : file)) }))
      void analyse('pasted')
    },
    removeFile(id) {
      setState((state) => ({
        files: state.files.filter((file) => file.id !== id),
        shown: state.shown === id ? 'paste' : state.shown,
      }))
      void analyse('typed')
    },
    forgetFileProblems: () => setState({ fileProblems: [] }),
    show: (shown) => setState({ shown }),
    setHost(host) {
      if (host === getState().host) return
      setState({ host })
      void analyse('typed')
    },
    selectCapture(capture) {
      const { report } = getState()
      const lead = capture === null ? report?.verdict.finding : report?.captures[capture]?.verdict.finding
      setState({ capture, finding: lead ?? null })
    },
    selectFinding: (finding) => setState({ finding }),
    jumpTo({ document, start, end }, finding) {
      const target = getState().analysed[document]
      if (target?.text === undefined) return
      jumps += 1
      setState({
        shown: target.key,
        pasteOpen: true,
        jump: { document, start, end, nonce: jumps },
        ...(finding === undefined ? {} : { finding }),
      })
    },
    choosePlatform(platform) {
      savePlatform(platform)
      setState({ platform })
    },
    showSecrets: (secretsShown) => setState({ secretsShown }),
    openPaste: (pasteOpen) => setState({ pasteOpen }),
    setTheme(theme) {
      saveTheme(theme)
      setState({ theme })
    },
    clear() {
      flush()
      const { text, files, host } = getState()
      setState((state) => ({
        cleared: { text, files, host },
        text: '',
        textRevision: state.textRevision + 1,
        files: [],
        fileProblems: [],
        shown: 'paste',
        host: '',
        linked: null,
      }))
      void analyse('typed')
    },
    restore() {
      const { cleared } = getState()
      if (!cleared) return
      setState((state) => ({ ...cleared, textRevision: state.textRevision + 1, cleared: null }))
      void analyse('pasted')
    },
    retry: () => void analyse('typed'),
    openLink: (fragment, passphrase) => void linking.open(fragment, passphrase),
    leaveLink() {
      if (getState().linked === null) return
      setState({ linked: null })
      if (getState().text === '' && getState().files.length === 0) void analyse('typed')
    },
    makeLink: linking.make,
    keepHistory(history) {
      saveKeepHistory(history)
      setState({ history })
      if (!history) void forgetAll()
    },
    warm: (text) => engine.warm([{ name: 'paste', text }]),
  }

  return Object.assign(store, { actions })
}
