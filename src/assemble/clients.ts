/** Whether the root stores of well-known clients hold the root of a chain, as of the day of each list. */

import type { ClientVerdict } from '../report/types.ts'
import type { CaptureContext } from '../rules/context.ts'
import { storesOf } from '../trust/public-cas.ts'
import { type StoreName, type StoreSnapshot, storeSnapshots } from '../trust/stores.ts'
import { shortName } from '../x509/name.ts'

/** Snapshots of old versions are left to explanations of old clients. */
const current: ReadonlySet<StoreName> = new Set<StoreName>([
  'mozilla',
  'apple',
  'android',
  'microsoft',
  'openjdk',
  'debian12',
])

/** One row per store; none when no path was built. */
export function clientsOf(context: CaptureContext): ClientVerdict[] {
  if (!context.build || !context.leaf || context.supplement) return []
  return storeSnapshots
    .filter((store) => current.has(store.name))
    .map((store) => ({ capture: context.index, client: store.label, ...judge(context, store) }))
}

function judge(context: CaptureContext, store: StoreSnapshot): Pick<ClientVerdict, 'trusted' | 'reason'> {
  const day = store.date === undefined ? '' : ` of ${store.date}`
  const holds = (path: { certificates: NonNullable<CaptureContext['build']>['paths'][number]['certificates'] }) => {
    const root = path.certificates.at(-1)
    return root !== undefined && storesOf(root).includes(store.name)
  }
  const sent = context.servedBuild?.paths.find((path) => path.valid && holds(path))
  const root = sent?.certificates.at(-1)
  if (root) {
    const name = shortName(root.subject)
    if (store.purposes === 'all' && !storesOf(root).includes('mozilla'))
      return { trusted: 'unknown', reason: `${name} is in its list${day}, which does not tell for which purposes.` }
    return { trusted: 'yes', reason: `${name} is in its list${day}.` }
  }
  if (context.build?.paths.some((path) => path.valid && holds(path)))
    return {
      trusted: 'unknown',
      reason: `Its list${day} holds the root, but the chain that was sent does not lead there: it depends on whether the client has or fetches what is missing.`,
    }
  const blocked = context.build?.paths.find((path) => path.anchored && holds(path))
  if (blocked)
    return {
      trusted: 'no',
      reason: blocked.problems.find((problem) => problem.severity === 'fatal')?.message ?? 'The path is not valid.',
    }
  if (context.end.kind === 'public' || context.end.kind === 'public-organisation')
    return { trusted: 'unknown', reason: 'The chain is not complete; its issuer is a public CA.' }
  const top = context.build?.paths[0]?.certificates.at(-1)
  return {
    trusted: 'no',
    reason: `No path leads to a root in its list${day}${top ? `; the chain ends at ${shortName(top.subject)}` : ''}. Roots that an organisation added are not known here.`,
  }
}
