import type { ReactNode } from 'react'
import { visible } from '../../core/visible.ts'
import type { CertificateSummary, NameForms, Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { downloadText } from '../controls/clipboard.ts'
import { Breakable, Name } from '../controls/Name.tsx'
import { dateAndDistance, minuteOf } from '../text/dates.ts'
import { fileName, pairs } from '../text/groups.ts'
import { lineRange } from '../text/lines.ts'
import { countedFrom } from '../text/words.ts'
import { Extensions } from './Extensions.tsx'
import './certificates.css'

/** Everything about one certificate that a person may need elsewhere. */
export function CertificateDetails({ certificate, report }: { certificate: CertificateSummary; report: Report }) {
  const { evaluatedAt } = report
  return (
    <div className="certificate">
      <dl className="facts">
        <Distinguished term="Subject" name={certificate.subject} />
        {certificate.names.length > 0 && (
          <Fact term="Names">
            <ul className="plain">
              {certificate.names.map(({ type, value }) => (
                <li key={`${type}:${value}`}>
                  <Name className="mono">{value}</Name>
                  {type.toLowerCase() !== 'dns' && <span className="muted"> {visible(type)}</span>}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        <Distinguished term="Issuer" name={certificate.issuer} />
        <Fact term="Valid from">
          <time dateTime={certificate.notBefore} title={minuteOf(certificate.notBefore)}>
            {dateAndDistance(certificate.notBefore, evaluatedAt)}
          </time>
        </Fact>
        <Fact term="Valid until">
          <time dateTime={certificate.notAfter} title={minuteOf(certificate.notAfter)}>
            {dateAndDistance(certificate.notAfter, evaluatedAt)}
          </time>
          {certificate.validity !== 'valid' && (
            <strong className="bad"> {certificate.validity === 'expired' ? 'expired' : 'not yet valid'}</strong>
          )}
          <span className="muted"> counted from {countedFrom(report)}</span>
        </Fact>
        <Fact term="Key">{visible(certificate.key.label)}</Fact>
        <Fact term="Signed with">{visible(certificate.signatureAlgorithm)}</Fact>
        <Fact term="Kind">{kind(certificate)}</Fact>
        <Hex term="Serial" hex={certificate.serial} />
        <Hex term="SHA-256" hex={certificate.sha256} />
        <Hex term="SHA-1" hex={certificate.sha1} />
        <Hex term="Key SHA-256" hex={certificate.spkiSha256} />
        <Hex term="Key id" hex={certificate.subjectKeyId} />
        <Hex term="Issuer’s key id" hex={certificate.authorityKeyId} />
        <Addresses term="Issuer at" addresses={certificate.caIssuers} />
        <Addresses term="OCSP" addresses={certificate.ocsp} />
        <Addresses term="CRL" addresses={certificate.crls} />
        {certificate.sctCount > 0 && <Fact term="SCTs">{certificate.sctCount}</Fact>}
        {certificate.stores.length > 0 && <Fact term="In the stores of">{certificate.stores.join(', ')}</Fact>}
        {certificate.problems.length > 0 && (
          <Fact term="Odd encoding">
            <ul className="plain">
              {certificate.problems.map((problem) => (
                <li key={problem}>{visible(problem)}</li>
              ))}
            </ul>
          </Fact>
        )}
        <Places certificate={certificate} />
      </dl>
      <Extensions extensions={certificate.extensions} />
      <div className="certificate-pem">
        <CopyButton text={certificate.pem} label={`the PEM of ${certificate.subject.short}`} word="Copy PEM" />
        <button
          type="button"
          className="link"
          onClick={() =>
            downloadText(fileName(certificate.subject.short, 'pem'), certificate.pem, 'application/x-pem-file')
          }
        >
          Download {fileName(certificate.subject.short, 'pem')}
        </button>
      </div>
    </div>
  )
}

function kind(certificate: CertificateSummary): string {
  const role = certificate.isCa ? 'certificate authority' : 'end entity'
  if (certificate.selfSigned) return `${role}, signed by itself`
  return certificate.selfIssued ? `${role}, issuer of the same name` : role
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Distinguished({ term, name }: { term: string; name: NameForms }) {
  return (
    <Fact term={term}>
      <Name className="mono">{name.openssl}</Name>{' '}
      <CopyButton text={name.openssl} label={`${term} as openssl prints it`} />
      <CopyButton text={name.rfc4514} label={`${term} by RFC 4514`} word="RFC 4514" />
    </Fact>
  )
}

function Hex({ term, hex }: { term: string; hex: string | undefined }) {
  if (!hex) return null
  return (
    <Fact term={term}>
      <span className="mono hex">
        <Breakable>{pairs(hex)}</Breakable>
      </span>{' '}
      <CopyButton text={pairs(hex)} label={term} />
    </Fact>
  )
}

function Addresses({ term, addresses }: { term: string; addresses: readonly string[] }) {
  if (addresses.length === 0) return null
  return (
    <Fact term={term}>
      <ul className="plain">
        {addresses.map((address) => (
          <li key={address}>
            <Name className="mono">{address}</Name> <CopyButton text={address} label="the address" />
          </li>
        ))}
      </ul>
    </Fact>
  )
}

/** Places listed; a certificate repeated a thousand times is not shown a thousand times. */
const maximumPlaces = 12

function Places({ certificate }: { certificate: CertificateSummary }) {
  const analysed = useApp((state) => state.analysed)
  const { places } = certificate
  if (places.length === 0) return null
  return (
    <Fact term="In the input">
      <ul className="plain">
        {places.slice(0, maximumPlaces).map((place) => {
          const document = analysed[place.document]
          const prefix = document && document.key !== 'paste' ? visible(document.name) : 'paste'
          return (
            <li key={`${place.document}-${place.start}`}>
              {document?.text === undefined ? (
                prefix
              ) : (
                <button type="button" className="link" onClick={() => actions.jumpTo(place)}>
                  {prefix}, {lineRange(document.text, place.start, place.end)}
                </button>
              )}
            </li>
          )
        })}
        {places.length > maximumPlaces && <li className="muted">and {places.length - maximumPlaces} more</li>}
      </ul>
    </Fact>
  )
}
