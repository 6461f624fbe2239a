import type { Finding, Fix } from '../../core/finding.ts'
import { visible } from '../../core/visible.ts'
import { actions, useApp } from '../../store/app.ts'
import { Command } from '../controls/Command.tsx'
import { Tabs } from '../controls/Tabs.tsx'
import { groupBy } from '../text/groups.ts'
import { platformName } from '../text/words.ts'

/** How to repair it: a tab for each platform, or the steps alone when there is one. */
export function Fixes({ finding, hop }: { finding: Finding; hop: string | undefined }) {
  const chosen = useApp((state) => state.platform)
  const groups = groupBy(finding.fixes, ({ platform }) => platform)
  const platforms = [...groups.keys()]
  const first = platforms[0]
  if (first === undefined) return null
  const shown = [chosen, hop].find((platform) => platform && groups.has(platform)) ?? first
  return (
    <div className="fixes">
      <h3>Fix</h3>
      {platforms.length === 1 ? (
        <FixList fixes={finding.fixes} />
      ) : (
        <Tabs
          label="Fix for"
          chosen={shown}
          onChoose={actions.choosePlatform}
          tabs={[...groups].map(([platform, fixes]) => ({
            key: platform,
            label: platformName(platform),
            content: <FixList fixes={fixes} />,
          }))}
        />
      )}
    </div>
  )
}

function FixList({ fixes }: { fixes: readonly Fix[] }) {
  return fixes.map((fix) => (
    <div className="fix" key={fix.title}>
      <h4>{visible(fix.title)}</h4>
      {fix.steps.length > 0 && (
        <ol>
          {fix.steps.map((step) => (
            <li key={step}>{visible(step)}</li>
          ))}
        </ol>
      )}
      {fix.command && <Command text={fix.command} label={`the commands for ${platformName(fix.platform)}`} />}
    </div>
  ))
}
