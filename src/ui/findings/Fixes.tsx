import { type ChangeEvent, useId, useState } from 'react'
import type { Finding, Fix } from '../../core/finding.ts'
import type { Report } from '../../report/types.ts'
import { actions, useApp } from '../../store/app.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { Tabs } from '../controls/Tabs.tsx'
import { groupBy } from '../text/groups.ts'
import { platformGroups, platformName } from '../text/words.ts'
import { FixView } from './FixView.tsx'
import { type FindingFixes, useFixes } from './use-fixes.ts'

/** How to repair it: a tab for each platform that fits, and a list of all. */
export function Fixes({ finding, report, open }: { finding: Finding; report: Report; open: boolean }) {
  const { fixes, messages, platforms } = useFixes(finding, report, open)
  const remembered = useApp((state) => state.platform)
  const [picked, setPicked] = useState<string | null>(null)
  // A tab that was opened stays, so that one can go back to it.
  const [opened, setOpened] = useState<readonly string[]>([])
  const groups = groupBy(fixes, ({ platform }) => platform)
  const first = groups.keys().next().value
  if (first === undefined) return null
  const name = (slug: string) => platforms.find((platform) => platform.slug === slug)?.name ?? platformName(slug)
  const near = [...groups.keys()].filter((slug) => finding.fixes.some(({ platform }) => platform === slug))
  const shown = chosen(groups, near, picked, remembered) ?? near[0] ?? first
  const tabs = [...new Set([...near, ...opened, shown])].filter((slug) => groups.has(slug))

  function choose(slug: string) {
    setPicked(slug)
    setOpened([...new Set([...opened, shown, slug])])
    actions.choosePlatform(slug)
  }

  return (
    <div className="fixes">
      <div className="fixes-head">
        <h3>Fix</h3>
        {groups.size > near.length && (
          <PlatformSelect
            groups={groups}
            near={near}
            platforms={platforms}
            shown={shown}
            name={name}
            onChoose={choose}
          />
        )}
      </div>
      {tabs.length === 1 ? (
        <FixList fixes={groups.get(shown) ?? []} name={name(shown)} />
      ) : (
        <Tabs
          label="Fix for"
          chosen={shown}
          onChoose={choose}
          tabs={tabs.map((slug) => ({
            key: slug,
            label: name(slug),
            content: <FixList fixes={groups.get(slug) ?? []} name={name(slug)} />,
          }))}
        />
      )}
      {messages.length > 0 && (
        <p className="fixes-messages">
          {messages.map(({ team, label, text }) => (
            <CopyButton key={team} text={text} label={label.toLowerCase()} word={label} />
          ))}
        </p>
      )}
    </div>
  )
}

/**
 * The platform to show: what was picked here, else what was picked last anywhere. The latter not where it has nothing
 * but workarounds, for then somebody else has to act.
 */
function chosen(
  groups: ReadonlyMap<string, readonly Fix[]>,
  near: readonly string[],
  picked: string | null,
  remembered: string | null,
): string | undefined {
  if (picked !== null && groups.has(picked)) return picked
  const fixes = remembered === null ? undefined : groups.get(remembered)
  if (remembered === null || !fixes) return undefined
  return near.includes(remembered) || fixes.some(({ workaround }) => !workaround) ? remembered : undefined
}

function PlatformSelect({
  groups,
  near,
  platforms,
  shown,
  name,
  onChoose,
}: {
  groups: ReadonlyMap<string, readonly Fix[]>
  near: readonly string[]
  platforms: FindingFixes['platforms']
  shown: string
  name: (slug: string) => string
  onChoose: (slug: string) => void
}) {
  const id = useId()
  const rest = [...groups.keys()].filter((slug) => !near.includes(slug))
  const kinds = groupBy(rest, (slug) => platforms.find((platform) => platform.slug === slug)?.group ?? 'servers')
  return (
    <span className="fixes-choice">
      <label htmlFor={id}>for</label>
      <select
        id={id}
        className="field"
        data-testid="fix-platform"
        value={shown}
        onChange={(event: ChangeEvent<HTMLSelectElement>) => onChoose(event.target.value)}
      >
        <Options label="Fits this capture" slugs={near} name={name} />
        {[...kinds].map(([kind, slugs]) => (
          <Options key={kind} label={platformGroups[kind]} slugs={slugs} name={name} />
        ))}
      </select>
    </span>
  )
}

function Options({ label, slugs, name }: { label: string; slugs: readonly string[]; name: (slug: string) => string }) {
  if (slugs.length === 0) return null
  return (
    <optgroup label={label}>
      {slugs.map((slug) => (
        <option key={slug} value={slug}>
          {name(slug)}
        </option>
      ))}
    </optgroup>
  )
}

function FixList({ fixes, name }: { fixes: readonly Fix[]; name: string }) {
  return fixes.map((fix) => <FixView key={`${fix.job} ${fix.side} ${fix.title}`} fix={fix} platform={name} />)
}
