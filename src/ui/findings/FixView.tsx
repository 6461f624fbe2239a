import type { Fix } from '../../core/finding.ts'
import { visible } from '../../core/visible.ts'
import { Mark } from '../controls/Mark.tsx'
import { Breakable } from '../controls/Name.tsx'
import { languageWords } from '../text/words.ts'
import { Filled, FixBlock } from './FixBlock.tsx'

/** One fix: what it means, the steps, what to copy, how to see that it worked, and where it is documented. */
export function FixView({ fix, platform }: { fix: Fix; platform: string }) {
  const { title, steps, prepare, command, language, reload, verify, warning, workaround, placeholders = [] } = fix
  const of = `of "${title}", ${platform}`
  const blocks = [
    { title: 'First', text: prepare, label: `the preparation ${of}` },
    { title: languageWords(language), text: command, label: `the commands ${of}` },
    { title: 'Then', text: reload, label: `the reload ${of}` },
    { title: 'To verify', text: verify, label: `the check ${of}` },
  ]
  return (
    <div className="fix" data-testid="fix" data-platform={fix.platform} data-job={fix.job}>
      <h4>
        {visible(title)}
        {workaround && <span className="fix-kind">Workaround</span>}
      </h4>
      {warning && (
        <p className="fix-warning">
          <Mark tone="warning" />
          <span>{visible(warning)}</span>
        </p>
      )}
      {steps.length > 0 && (
        <ol>
          {steps.map((step) => (
            <li key={step}>
              <Breakable>{visible(step)}</Breakable>
            </li>
          ))}
        </ol>
      )}
      {placeholders.length > 0 && (
        <dl className="fix-holes" aria-label="To fill in">
          {placeholders.map((placeholder) => (
            <div key={placeholder.name}>
              <dt className="mono">
                <Filled text={`<${placeholder.name}>`} placeholders={[placeholder]} />
              </dt>
              <dd>{placeholder.meaning}</dd>
            </div>
          ))}
        </dl>
      )}
      {blocks.map(
        (block) =>
          block.text && (
            <FixBlock
              key={block.title}
              title={block.title}
              text={block.text}
              placeholders={placeholders}
              label={block.label}
            />
          ),
      )}
      <FixSource fix={fix} />
    </div>
  )
}

function FixSource({ fix: { source, evidence } }: { fix: Fix }) {
  if (!source) return null
  return (
    <p className="fix-source muted">
      {evidence === 'tested' ? 'Tried out, and as documented: ' : 'As documented, not tried out here: '}
      <a href={source.page} target="_blank" rel="noreferrer noopener">
        {source.product}
      </a>
    </p>
  )
}
