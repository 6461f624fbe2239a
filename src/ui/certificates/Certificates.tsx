import { useState } from 'react'
import type { CertificateSummary, Report } from '../../report/types.ts'
import { Mark } from '../controls/Mark.tsx'
import { Chevron } from '../controls/Menu.tsx'
import { Name } from '../controls/Name.tsx'
import { dateAndDistance } from '../text/dates.ts'
import { CertificateDetails } from './CertificateDetails.tsx'

/** Certificates drawn before one asks for the rest. */
const firstShown = 60

/** Every distinct certificate of the input, and the roots that were used. */
export function Certificates({ report }: { report: Report }) {
  const [all, setAll] = useState(false)
  const { certificates } = report
  if (certificates.length === 0) return null
  const shown = all ? certificates : certificates.slice(0, firstShown)
  return (
    <section className="region" aria-labelledby="certificates-title">
      <h2 id="certificates-title">
        Certificates <span className="muted">({certificates.length})</span>
      </h2>
      {shown.map((certificate) => (
        <CertificateRow key={certificate.sha256} certificate={certificate} report={report} />
      ))}
      {shown.length < certificates.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          Show the other {certificates.length - shown.length}
        </button>
      )}
    </section>
  )
}

function CertificateRow({ certificate, report }: { certificate: CertificateSummary; report: Report }) {
  // The content is drawn when it is first opened: a thousand rows of it would block the page.
  const [opened, setOpened] = useState(false)
  const bad = certificate.validity !== 'valid'
  return (
    <details className="certificate-row" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>
        <Name>{certificate.subject.short}</Name>
        <span className="row-facts">
          {bad && <Mark tone="error" />}
          {certificate.key.label},{' '}
          {certificate.validity === 'not-yet-valid'
            ? 'not yet valid'
            : certificate.validity === 'expired'
              ? 'expired'
              : 'until'}{' '}
          {dateAndDistance(certificate.notAfter, report.evaluatedAt)}
          {certificate.source === 'store' && ', from the built-in store'}
        </span>
        <Chevron />
      </summary>
      {opened && <CertificateDetails certificate={certificate} report={report} />}
    </details>
  )
}
