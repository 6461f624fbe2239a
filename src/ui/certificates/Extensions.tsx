import type { ExtensionSummary } from '../../report/types.ts'
import { Name } from '../controls/Name.tsx'

/** The extensions, decoded. */
export function Extensions({ extensions }: { extensions: readonly ExtensionSummary[] }) {
  if (extensions.length === 0) return null
  return (
    <dl className="facts extensions" aria-label="Extensions">
      {extensions.map((extension) => (
        <div key={extension.oid}>
          <dt title={extension.oid}>
            {extension.name.replace(/^X509v3 /, '')}
            {extension.critical && <span className="critical"> critical</span>}
          </dt>
          <dd>
            {extension.lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
              <div key={at}>
                <Name className="mono">{line}</Name>
              </div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
