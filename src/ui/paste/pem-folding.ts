/** Folds every PEM block that comes with a paste, and dims what is unfolded. */
import { codeFolding, foldEffect, foldGutter, foldKeymap, foldService } from '@codemirror/language'
import { EditorState, type Extension, RangeSetBuilder, type StateEffect, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, keymap, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { pemBlocks } from './pem-blocks.ts'

/** Blocks folded at once. Each costs an update of the fold set; above, the text stays unfolded. */
const maximumFolds = 2000

/** Characters that must come at once to be taken for a paste; the smallest certificates have about 300. */
const smallestPaste = 100

export function foldsIn(doc: Text, from = 0, to = doc.length): StateEffect<unknown>[] {
  const first = doc.lineAt(from)
  const last = doc.lineAt(to)
  const blocks = pemBlocks(doc.iterLines(first.number, last.number + 1), first.from)
  if (blocks.length > maximumFolds) return []
  return blocks.map((block) => foldEffect.of({ from: block.from, to: block.to }))
}

const foldPasted = EditorState.transactionExtender.of((transaction) => {
  if (!transaction.docChanged || transaction.isUserEvent('undo')) return null
  const effects: StateEffect<unknown>[] = []
  transaction.changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    if (toB - fromB >= smallestPaste) effects.push(...foldsIn(transaction.newDoc, fromB, toB))
  })
  return effects.length > 0 ? { effects } : null
})

const foldable = foldService.of((state, lineStart, lineEnd) => {
  if (!state.sliceDoc(lineStart, lineEnd).includes('-----BEGIN ')) return null
  const first = state.doc.lineAt(lineStart)
  const lines = state.doc.iterLines(first.number, Math.min(state.doc.lines + 1, first.number + 2000))
  const block = pemBlocks(lines, first.from)[0]
  return block && block.from <= lineEnd ? { from: block.from, to: block.to } : null
})

function foldLabel(state: EditorState, range: { from: number; to: number }): string {
  const first = state.doc.lineAt(range.from)
  const block = pemBlocks(state.doc.iterLines(first.number, state.doc.lineAt(range.to).number + 1), first.from)[0]
  return block ? `${block.kind}, ${block.lines} lines` : 'folded text'
}

const placeholders = codeFolding({
  preparePlaceholder: foldLabel,
  placeholderDOM(_view, onclick, label: string) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'fold'
    button.textContent = label
    button.setAttribute('aria-label', `${label}. Unfold`)
    button.onclick = onclick
    return button
  },
})

const dimLine = Decoration.line({ class: 'cm-pem' })
const pemLine = /^[\s>|]*(?:[A-Za-z0-9+/]{40,}={0,2}|-----(?:BEGIN|END) [A-Z0-9 ]+-----)\s*$/

function dimmed(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at)
      if (line.length < 200 && pemLine.test(line.text)) builder.add(line.from, line.from, dimLine)
      at = line.to + 1
    }
  }
  return builder.finish()
}

const dimPem = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = dimmed(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = dimmed(update.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function gutterMark(open: boolean): HTMLElement {
  const mark = document.createElement('span')
  mark.className = open ? 'fold-mark fold-open' : 'fold-mark'
  mark.title = open ? 'Fold' : 'Unfold'
  return mark
}

export const pemFolding: Extension = [
  placeholders,
  foldable,
  foldPasted,
  dimPem,
  foldGutter({ markerDOM: gutterMark }),
  keymap.of(foldKeymap),
]
