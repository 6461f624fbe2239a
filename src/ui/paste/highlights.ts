/** Marks the evidence of the selected finding, and hides secrets until they are asked for. */

import type { Text } from '@codemirror/state'
import { type Extension, type Range, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutterLineClass, WidgetType } from '@codemirror/view'

export interface Place {
  readonly start: number
  readonly end: number
}

export interface Secret extends Place {
  readonly kind: string
}

/** Lines marked for one place. Longer evidence is a whole bundle; its start says where. */
const maximumMarkedLines = 5000

const setEvidence = StateEffect.define<readonly Place[]>()
const setCurrent = StateEffect.define<Place | null>()
const setSecrets = StateEffect.define<readonly Secret[]>()

export const showEvidence = (places: readonly Place[]) => setEvidence.of(places)
export const showCurrent = (place: Place | null) => setCurrent.of(place)
export const hideSecrets = (secrets: readonly Secret[]) => setSecrets.of(secrets)

class EvidenceGutter extends GutterMarker {
  override elementClass = 'cm-evidence-gutter'
}

const evidenceGutter = new EvidenceGutter()
const evidenceLine = Decoration.line({ class: 'cm-evidence-line' })
const evidenceText = Decoration.mark({ class: 'cm-evidence' })
const currentText = Decoration.mark({ class: 'cm-evidence cm-evidence-current' })

interface Marked {
  readonly decorations: DecorationSet
  readonly gutter: RangeSet<GutterMarker>
}

function mark(doc: Text, places: readonly Place[], current: boolean): Marked {
  const decorations: Range<Decoration>[] = []
  const gutter: Range<GutterMarker>[] = []
  for (const place of places) {
    const start = Math.min(place.start, doc.length)
    const end = Math.min(Math.max(place.end, start), doc.length)
    const first = doc.lineAt(start).number
    const last = Math.min(doc.lineAt(Math.max(start, end - 1)).number, first + maximumMarkedLines)
    for (let number = first; number <= last; number += 1) {
      const { from } = doc.line(number)
      decorations.push(evidenceLine.range(from))
      gutter.push(evidenceGutter.range(from))
    }
    if (end > start) decorations.push((current ? currentText : evidenceText).range(start, end))
  }
  return { decorations: Decoration.set(decorations, true), gutter: RangeSet.of(gutter, true) }
}

const nothing: Marked = { decorations: Decoration.none, gutter: RangeSet.empty }

function markField(current: boolean): StateField<Marked> {
  return StateField.define<Marked>({
    create: () => nothing,
    update(value, transaction) {
      let marked = transaction.docChanged
        ? { decorations: value.decorations.map(transaction.changes), gutter: value.gutter.map(transaction.changes) }
        : value
      for (const effect of transaction.effects) {
        if (current && effect.is(setCurrent)) {
          marked = effect.value ? mark(transaction.state.doc, [effect.value], true) : nothing
        }
        if (!current && effect.is(setEvidence)) marked = mark(transaction.state.doc, effect.value, false)
      }
      return marked
    },
    provide: (field) => [
      EditorView.decorations.from(field, ({ decorations }) => decorations),
      gutterLineClass.from(field, ({ gutter }) => gutter),
    ],
  })
}

class HiddenSecret extends WidgetType {
  readonly kind: string
  constructor(kind: string) {
    super()
    this.kind = kind
  }
  override eq(other: HiddenSecret) {
    return other.kind === this.kind
  }
  override toDOM() {
    const element = document.createElement('span')
    element.className = 'secret'
    element.textContent = `${this.kind} hidden`
    return element
  }
  override ignoreEvent() {
    return false
  }
}

const secretField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let hidden = value.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setSecrets)) continue
      const { length } = transaction.state.doc
      const ranges = effect.value
        .filter(({ start, end }) => start < end && end <= length)
        .map(({ start, end, kind }) => Decoration.replace({ widget: new HiddenSecret(kind) }).range(start, end))
      hidden = Decoration.set(ranges, true)
    }
    return hidden
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.atomicRanges.of((view) => view.state.field(field)),
  ],
})

export const highlights: Extension = [markField(false), markField(true), secretField]
