import { useMemo } from 'react'
import { visible } from '../../core/visible.ts'
import { caBundle, caFile, chainFile, repairedChain } from '../../fixes/repair.ts'
import type { Report } from '../../report/types.ts'
import { useApp } from '../../store/app.ts'
import { Command } from '../controls/Command.tsx'
import { CopyButton } from '../controls/CopyButton.tsx'
import { Breakable, Name } from '../controls/Name.tsx'
import { saveText } from '../controls/save.ts'
import { leadingCapture } from '../text/words.ts'
import './repair.css'

/** The chain as it should be served, where that differs from what is, and the CA file for clients of a private root. */
export function Repair({ report }: { report: Report }) {
  const chosen = useApp((state) => state.capture)
  const index = chosen ?? leadingCapture(report)
  const chain = useMemo(() => repairedChain(report, index), [report, index])
  const bundle = useMemo(() => caBundle(report), [report])
  const toServe = chain && !chain.asServed ? chain : undefined
  if (!toServe && !bundle) return null
  return (
    <section className="region" aria-labelledby="repair-title">
      <h2 id="repair-title">Files</h2>
      {toServe && (
        <div className="repair">
          <h3>
            <span className="mono">{chainFile}</span>{' '}
            <span className="muted">
              {toServe.missing.length === 0 ? 'the chain to serve' : 'the chain to serve, not yet whole'}
            </span>
          </h3>
          <ol className="repair-list">
            {toServe.certificates.map(({ sha256, subject }) => (
              <li key={sha256}>
                <Name>{subject.short}</Name>
              </li>
            ))}
            {toServe.missing.map(({ name, keyId, url, command }) => (
              <li key={name} data-missing="true">
                <Name>{name}</Name> <span className="muted">is not in the input.</span>
                {keyId && (
                  <p className="muted">
                    Its key id is <Breakable>{keyId}</Breakable>.
                  </p>
                )}
                {command ? (
                  <>
                    <p>Save the file below, run this beside it, or drop what it fetches on this page.</p>
                    <Command text={command} label={`the command that fetches ${name}`} />
                  </>
                ) : (
                  <p>
                    {url === undefined && 'The certificate below it names no address. '}Ask its issuer for it, and drop
                    the file on this page.
                  </p>
                )}
              </li>
            ))}
          </ol>
          {toServe.leftOut.length > 0 && (
            <p className="muted">Left out, as it does not belong: {toServe.leftOut.map(visible).join(', ')}.</p>
          )}
          <p>
            <button
              type="button"
              className="button"
              data-testid="repair-download"
              onClick={() => saveText(chainFile, 'application/x-pem-file', toServe.pem)}
            >
              Save {chainFile}
            </button>{' '}
            <CopyButton text={toServe.pem} label="the chain as PEM" />
          </p>
        </div>
      )}
      {bundle && (
        <div className="repair">
          <h3>
            <span className="mono">{caFile}</span> <span className="muted">for clients that have to trust it</span>
          </h3>
          <ul className="repair-list">
            {bundle.certificates.map(({ sha256, subject }) => (
              <li key={sha256}>
                <Name>{subject.short}</Name>
                <p className="mono repair-fingerprint">
                  SHA-256 <Breakable>{sha256}</Breakable>
                </p>
              </li>
            ))}
          </ul>
          <p>
            It came with this input, which proves nothing about it. Compare the fingerprint with one that the owner of
            the CA tells you by another way before any client trusts it: whoever holds its key can then pose as any
            site.
          </p>
          <p>
            <button
              type="button"
              className="button"
              data-testid="ca-download"
              onClick={() => saveText(caFile, 'application/x-pem-file', bundle.pem)}
            >
              Save {caFile}
            </button>{' '}
            <CopyButton text={bundle.pem} label="the CA certificates as PEM" />
          </p>
          {bundle.commands.map(({ title, command }) => (
            <div key={title}>
              <p className="muted">{title}</p>
              <Command text={command} label={`the command: ${title}`} />
            </div>
          ))}
        </div>
      )}
    </section>
  )
}
