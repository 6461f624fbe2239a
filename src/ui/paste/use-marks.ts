import { useEffect, useMemo, useRef } from 'react'
import { useApp } from '../../store/app.ts'
import type { DocumentKey } from '../../store/state.ts'
import type { EditorHandle } from './editor.ts'

/** Keeps the editor of one document in step with the report: evidence, secrets, and the place asked for. */
export function useMarks(handle: EditorHandle | null, document: DocumentKey) {
  const report = useApp((state) => state.report)
  const index = useApp((state) => state.analysed.findIndex(({ key }) => key === document))
  const findingId = useApp((state) => state.finding)
  const secretsShown = useApp((state) => state.secretsShown)
  const jump = useApp((state) => (state.jump?.document === index ? state.jump : null))
  const visible = useApp((state) => state.shown === document && state.pasteOpen)
  const origin = useApp((state) => state.reportOrigin)

  const evidence = useMemo(() => {
    const finding = report?.findings.find(({ id }) => id === findingId)
    return finding?.evidence.filter((place) => place.document === index) ?? []
  }, [report, findingId, index])
  const secrets = report?.documents[index]?.secrets
  const first = evidence[0]?.start
  const settled = useRef<unknown>(null)

  useEffect(() => {
    if (!handle) return
    // In a frame of its own: the answer is drawn first, and neither blocks the page for long.
    const frame = requestAnimationFrame(() => {
      // A whole paste is scrolled to where the answer comes from, else to its start; while typing nothing moves.
      const scrolls = report && settled.current !== report && origin === 'pasted'
      settled.current = report
      if (visible) handle.measure()
      handle.show({
        evidence,
        secrets: secretsShown ? [] : (secrets ?? []),
        current: visible ? jump : null,
        ...(scrolls ? { top: first ?? 0 } : {}),
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [handle, report, origin, evidence, first, secrets, secretsShown, jump, visible])
}
