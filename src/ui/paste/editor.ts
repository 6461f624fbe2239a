/** The editor, loaded after the first paint. The page talks to it through {@link EditorHandle} only. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { foldedRanges, unfoldEffect } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState, type Extension, type StateEffect } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { hideSecrets, highlights, type Place, type Secret, showCurrent, showEvidence } from './highlights.ts'
import { foldsIn, pemFolding } from './pem-folding.ts'

export interface EditorSettings {
  readonly parent: HTMLElement
  readonly text: string
  readonly label: string
  readonly placeholder?: string
  readonly testId?: string
  readonly readOnly: boolean
  onEdit?(read: () => string, pasted: boolean): void
}

export interface EditorHandle {
  setText(text: string): void
  /** Marks what the report says of the text, all at once. */
  show(marks: Marks): void
  focus(selection?: { anchor: number; head: number }): void
  /** After its element has been shown or has changed size. */
  measure(): void
  destroy(): void
}

export interface Marks {
  /** Evidence of the selected finding. */
  readonly evidence: readonly Place[]
  /** To be hidden. */
  readonly secrets: readonly Secret[]
  /** The place asked for: brought into view, and unfolded where it lies inside a fold. */
  readonly current: Place | null
  /** Offset to bring to the top. */
  readonly top?: number
}

/** Characters that come at once and are not typing, as from a test tool or a dictation. */
const pastedCharacters = 40

const fromPage = Annotation.define<boolean>()

export function createEditor(settings: EditorSettings): EditorHandle {
  const { text, label, readOnly, testId, onEdit } = settings
  const extensions: Extension[] = [
    lineNumbers(),
    pemFolding,
    highlights,
    highlightSpecialChars(),
    highlightSelectionMatches({ minSelectionLength: 4 }),
    search({ top: true }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': label,
      dir: 'ltr',
      ...(testId ? { 'data-testid': testId } : {}),
      ...(readOnly ? { 'aria-readonly': 'true' } : {}),
    }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    readOnly ? [EditorState.readOnly.of(true)] : [history()],
    settings.placeholder ? placeholder(settings.placeholder) : [],
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || !onEdit) return
      if (update.transactions.some((transaction) => transaction.annotation(fromPage))) return
      const { state } = update
      onEdit(() => state.doc.toString(), update.transactions.some(isPaste))
    }),
  ]
  const view = withAdoptedStyles(() => new EditorView({ doc: text, parent: settings.parent, extensions }))
  view.dispatch({ effects: foldsIn(view.state.doc) })

  return {
    setText(next) {
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        selection: { anchor: 0 },
        annotations: fromPage.of(true),
        scrollIntoView: true,
      })
    },
    show({ evidence, secrets, current, top }) {
      const { doc } = view.state
      const effects: StateEffect<unknown>[] = [showEvidence(evidence), hideSecrets(secrets), showCurrent(current)]
      if (current) {
        const start = Math.min(current.start, doc.length)
        foldedRanges(view.state).between(start, Math.min(current.end, doc.length), (from, to) => {
          if (current.start > from || current.end < to) effects.push(unfoldEffect.of({ from, to }))
        })
        effects.push(EditorView.scrollIntoView(start, { y: 'center' }))
      } else if (top !== undefined) {
        effects.push(EditorView.scrollIntoView(Math.min(top, doc.length), { y: 'start', yMargin: 48 }))
      }
      view.dispatch({ effects })
    },
    focus(selection) {
      const { length } = view.state.doc
      if (selection) {
        const { anchor, head } = selection
        view.dispatch({ selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) } })
      }
      view.focus()
    },
    measure: () => view.requestMeasure(),
    destroy: () => view.destroy(),
  }
}

function isPaste(transaction: { isUserEvent(name: string): boolean; changes: { newLength: number; length: number } }) {
  const grown = transaction.changes.newLength - transaction.changes.length
  return transaction.isUserEvent('input.paste') || transaction.isUserEvent('input.drop') || grown >= pastedCharacters
}

/**
 * The editor's library adds a `<style>` element to a document, which a strict content security policy refuses, and a
 * constructed style sheet to a shadow root, which it allows. It tells them apart by `document.head`.
 */
function withAdoptedStyles<T>(create: () => T): T {
  if (!('adoptedStyleSheets' in document)) return create()
  Object.defineProperty(document, 'head', { value: null, configurable: true })
  try {
    return create()
  } finally {
    Reflect.deleteProperty(document, 'head')
  }
}
