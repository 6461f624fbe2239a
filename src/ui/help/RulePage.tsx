import { Command } from '../controls/Command.tsx'
import { Breakable } from '../controls/Name.tsx'
import type { RulePageData } from './rule-page-data.ts'

/** What a rule finds, why it matters, how it is told, what to do, and what it rests on. */
export function RulePage({ page }: { page: RulePageData }) {
  const { slug, title, why, scope, fails, passes, unknown, codes, fixes, remark, example, sources } = page
  return (
    <div className="help-page" data-testid="help-page" data-rule={slug}>
      <p className="help-title">{title}</p>
      <section>
        <h3>Why it matters</h3>
        <p>{why}</p>
      </section>
      <section>
        <h3>How Weaklink tells</h3>
        <p>{scope}</p>
        <dl className="help-tells">
          <dt>It is a finding</dt>
          <dd>{fails}</dd>
          <dt>It is none</dt>
          <dd>{passes}</dd>
          {unknown !== '' && (
            <>
              <dt>It cannot tell</dt>
              <dd>{unknown}</dd>
            </>
          )}
        </dl>
      </section>
      {codes.length > 0 && (
        <section>
          <h3>OpenSSL verification codes it explains</h3>
          <ul className="plain">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>How to fix it</h3>
        {fixes.length > 0 && (
          <ul className="help-fixes">
            {fixes.map(({ where, what }) => (
              <li key={`${where} ${what}`}>
                <span className="muted">{where}:</span> {what}
              </li>
            ))}
          </ul>
        )}
        {remark !== '' && <p>{remark}</p>}
      </section>
      <section>
        <h3>To try it</h3>
        <Command text={example} label="the example" />
      </section>
      <section>
        <h3>Sources</h3>
        <ul className="plain">
          {sources.map((source) => (
            <li key={source}>
              {source.startsWith('https://') ? (
                <a href={source} target="_blank" rel="noreferrer noopener">
                  <Breakable>{source.slice(8)}</Breakable>
                </a>
              ) : (
                source
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
