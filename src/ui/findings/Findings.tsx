import { useState } from 'react'
import type { Finding } from '../../core/finding.ts'
import { visible } from '../../core/visible.ts'
import type { Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { Command } from '../controls/Command.tsx'
import { Mark } from '../controls/Mark.tsx'
import { Chevron } from '../controls/Menu.tsx'
import { Breakable } from '../controls/Name.tsx'
import { HelpButton } from '../help/HelpButton.tsx'
import { paragraphs } from '../text/paragraphs.ts'
import { ownerWords, settlingCommand, severityTone, severityWord } from '../text/words.ts'
import { EvidenceList } from './EvidenceList.tsx'
import { Fixes } from './Fixes.tsx'
import './findings.css'

/** What was found, most important first; the one that leads is open. */
export function Findings({ report }: { report: Report }) {
  const chosen = useApp((state) => state.capture)
  const selected = useApp((state) => state.finding)
  const verdict = (chosen === null ? undefined : report.captures[chosen]?.verdict) ?? report.verdict
  const lead = verdict.finding
  const shown = report.findings.filter(({ capture }) => chosen === null || capture === undefined || capture === chosen)
  const first = shown.filter(({ id }) => id === lead)
  const others = shown.filter(({ id }) => id !== lead)
  return (
    <section className="region" aria-labelledby="findings-title">
      <h2 id="findings-title">{first.length > 0 ? 'Finding' : 'Findings'}</h2>
      {shown.length === 0 && <p className="muted">Nothing to report.</p>}
      {first.map((finding) => (
        <FindingView
          key={finding.id}
          finding={finding}
          report={report}
          selected={selected === finding.id}
          leads
          settled={settlingCommand(verdict, finding) !== undefined}
        />
      ))}
      {first.length > 0 && others.length > 0 && <h2 className="also">Also found ({others.length})</h2>}
      {others.map((finding) => (
        <FindingView
          key={finding.id}
          finding={finding}
          report={report}
          selected={selected === finding.id}
          leads={false}
          settled={false}
        />
      ))}
    </section>
  )
}

function FindingView({
  finding,
  report,
  selected,
  leads,
  settled,
}: {
  finding: Finding
  report: Report
  /** Its evidence is marked in the paste. */
  selected: boolean
  leads: boolean
  /** Its command stands with the verdict already. */
  settled: boolean
}) {
  const [open, setOpen] = useState(leads)
  const { id, rule, severity, confidence, title, explanation, owner, capture, nextCommand, references } = finding
  const hop = capture === undefined ? undefined : report.captures[capture]?.hop
  return (
    <details
      className="finding"
      data-testid="finding"
      data-rule={rule}
      data-severity={severity}
      data-confidence={confidence}
      data-selected={selected ? 'true' : undefined}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: browsers make a button of a summary */}
      <summary onClick={() => actions.selectFinding(open ? null : id)}>
        <Mark tone={severityTone[severity]} />
        <span className="finding-title">
          <Breakable>{visible(title)}</Breakable>
        </span>
        <span className="finding-kind">
          {severityWord[severity]}, {confidence}
        </span>
        <Chevron />
      </summary>
      <div className="finding-body">
        {paragraphs(explanation).map(({ key, text }) => (
          <p key={key}>
            <Breakable>{visible(text)}</Breakable>
          </p>
        ))}
        <EvidenceList finding={finding} report={report} />
        <Fixes finding={finding} report={report} open={open} />
        {nextCommand && !settled && (
          <div className="finding-next">
            <h3>{confidence === 'certain' ? 'To confirm' : 'To settle it'}</h3>
            <Command text={nextCommand} label="the next command" />
          </div>
        )}
        <p className="finding-foot muted">
          Owner: {ownerWords(owner, hop)}. Rule: <span className="mono">{rule}</span>.{' '}
          <HelpButton rule={rule}>What is this?</HelpButton>
          <References references={references} />
        </p>
      </div>
    </details>
  )
}

function References({ references }: { references: readonly string[] }) {
  if (references.length === 0) return null
  return (
    <>
      {' Sources: '}
      {references.map((reference, at) => (
        <span key={reference}>
          {at > 0 && '; '}
          {reference.startsWith('https://') ? (
            <a href={reference} target="_blank" rel="noreferrer noopener">
              <Breakable>{reference.slice(8)}</Breakable>
            </a>
          ) : (
            reference
          )}
        </span>
      ))}
      .
    </>
  )
}
