import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react'
import { readSplit, saveSplit } from '../../store/preferences.ts'

const least = 20
const most = 75

/** The bar between the panes: dragged, or moved with the arrow keys; a double click brings it back. */
export function Splitter() {
  const [percent, setPercent] = useState(readSplit)

  useEffect(() => {
    document.documentElement.style.setProperty('--split', `${percent}%`)
  }, [percent])

  function move(to: number) {
    const next = Math.min(most, Math.max(least, to))
    setPercent(next)
    saveSplit(next)
  }

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowLeft: percent - 2, ArrowRight: percent + 2, Home: least, End: most }[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const page = event.currentTarget.parentElement?.getBoundingClientRect()
    if (page) move(((event.clientX - page.left) / page.width) * 100)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>
    <div
      className="splitter"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the paste"
      aria-valuenow={Math.round(percent)}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={onKeyDown}
      onDoubleClick={() => move(42)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
    />
  )
}
