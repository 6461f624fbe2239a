import { useEffect, useMemo } from 'react'
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

  useEffect(() => handle?.mark(evidence), [handle, evidence])

  useEffect(() => handle?.hide(secretsShown ? [] : (secrets ?? [])), [handle, secrets, secretsShown])

  // A whole paste is scrolled to where the answer comes from, else to its start; while typing nothing moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each report
  useEffect(() => {
    if (report && origin === 'pasted') handle?.scrollTo(first ?? 0)
  }, [handle, report])

  useEffect(() => {
    if (!visible) return
    handle?.measure()
    handle?.reveal(jump)
  }, [handle, jump, visible])
}
