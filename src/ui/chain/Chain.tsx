import { useId, useState } from 'react'
import { visible } from '../../core/visible.ts'
import type { CertificateSummary, ChainRung, Report } from '../../report/types.ts'
import { useApp } from '../../store/app.ts'
import { CertificateDetails } from '../certificates/CertificateDetails.tsx'
import { CopyButton } from '../controls/CopyButton.tsx'
import { Chevron } from '../controls/Menu.tsx'
import { Breakable, Name } from '../controls/Name.tsx'
import { dateAndDistance } from '../text/dates.ts'
import { captureTarget, leadingCapture, linkWords } from '../text/words.ts'
import './chain.css'

/** The ladder: leaf first, each line the signature by the certificate below it. */
export function Chain({ report }: { report: Report }) {
  const chosen = useApp((state) => state.capture)
  const index = chosen ?? leadingCapture(report)
  const capture = report.captures[index]
  const chain = capture?.chain ?? []
  return (
    <section className="region" aria-labelledby="chain-title" data-testid="chain">
      <h2 id="chain-title">
        Chain
        {capture && report.captures.length > 1 && (
          <span className="muted">
            {' of capture '}
            {index + 1}, <Name>{captureTarget(capture)}</Name>
          </span>
        )}
      </h2>
      {chain.length === 0 ? (
        <p className="muted">{absence(report)} </p>
      ) : (
        <ol className="ladder">
          {chain.map((rung, at) => (
            // The key holds the capture, so that what was open in one ladder is not open in the next.
            <Rung
              // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place in the ladder
              key={`${index}-${at}-${rung.certificate ?? rung.subject}`}
              rung={rung}
              at={at}
              issuer={chain[at + 1]}
              report={report}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

function Rung({
  rung,
  at,
  issuer,
  report,
}: {
  rung: ChainRung
  /** Its place in the ladder, from 0. */
  at: number
  issuer: ChainRung | undefined
  report: Report
}) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const certificate = report.certificates.find(({ sha256 }) => sha256 === rung.certificate)
  const link = linkWords(rung, issuer)
  return (
    <li
      className="rung"
      data-testid="certificate"
      data-sha256={rung.certificate}
      data-missing={rung.missing ? 'true' : undefined}
      data-source={rung.source}
      data-link={rung.link}
      data-bad={certificate && certificate.validity !== 'valid' ? 'true' : undefined}
    >
      <span className="rail" aria-hidden="true" />
      <div className="rung-body">
        <div className="rung-head">
          {certificate ? (
            <button
              type="button"
              className="rung-name"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setOpen(!open)}
            >
              <Name>{rung.name}</Name>
              <Chevron />
            </button>
          ) : (
            <span className="rung-name">
              <Name>{rung.name}</Name>
            </span>
          )}
          {rung.notes.length > 0 && <p className="rung-notes">{rung.notes.map(visible).join(' · ')}</p>}
        </div>
        <p className="rung-facts">
          {facts(rung, at, certificate, report).map(visible).join(' · ')}
          {!certificate && rung.subject !== rung.name && (
            <>
              {' · '}
              <Name className="mono">{rung.subject}</Name>
            </>
          )}
        </p>
        {rung.missing && rung.url && (
          <p className="rung-source">
            Get it at{' '}
            <bdi className="mono">
              <Breakable>{visible(rung.url)}</Breakable>
            </bdi>{' '}
            <CopyButton text={rung.url} label="the address" />
          </p>
        )}
        {certificate && open && (
          <div className="rung-details" id={id}>
            <CertificateDetails certificate={certificate} report={report} />
          </div>
        )}
        {link !== '' && <p className={rung.link === 'verified' ? 'rung-link offscreen' : 'rung-link'}>{link}</p>}
      </div>
    </li>
  )
}

function absence(report: Report): string {
  return report.certificates.length > 0
    ? 'No certificate of a server or a client was seen, so there is no chain to draw.'
    : 'No certificate was seen, so there is no chain to draw.'
}

const roleWords = { leaf: 'leaf', intermediate: 'intermediate', root: 'root' }

function facts(rung: ChainRung, at: number, certificate: CertificateSummary | undefined, report: Report): string[] {
  const role = roleWords[rung.role]
  // Only where it was sent out of its place.
  const place = rung.position === undefined || rung.position === at ? [] : [`sent as ${ordinal(rung.position + 1)}`]
  if (!certificate) return [role, ...place]
  const until = dateAndDistance(certificate.notAfter, report.evaluatedAt)
  const validity = {
    valid: `valid until ${until}`,
    expired: `expired ${until}`,
    'not-yet-valid': `not valid before ${dateAndDistance(certificate.notBefore, report.evaluatedAt)}`,
  }[certificate.validity]
  return [role, certificate.key.label, validity, ...place]
}

function ordinal(number: number): string {
  const tens = number % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th')
  return `${number}${suffix}`
}
