import type { VerdictStatus } from '../../core/finding.ts'
import type { CaptureReport } from '../../report/types.ts'
import { groupBy } from '../text/groups.ts'
import { hopOrder } from '../text/words.ts'

export interface Hop {
  readonly hop: string
  readonly captures: readonly CaptureReport[]
  /** The worst of its captures. */
  readonly status: VerdictStatus
}

const worstFirst: readonly VerdictStatus[] = ['broken', 'at-risk', 'inconclusive', 'healthy']

/** The hops that captures were made at, from client to upstream; labels of the user's own come last. */
export function hopsOf(captures: readonly CaptureReport[]): Hop[] {
  const named = captures.filter(({ hop }) => hop !== undefined && hop !== '')
  const groups = [...groupBy(named, ({ hop }) => hop ?? '')]
  const rank = (hop: string) => (hopOrder.includes(hop) ? hopOrder.indexOf(hop) : hopOrder.length)
  return groups
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([hop, at]) => ({
      hop,
      captures: at,
      status: worstFirst.find((status) => at.some(({ verdict }) => verdict.status === status)) ?? 'inconclusive',
    }))
}
