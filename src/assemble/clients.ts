/** What well-known clients make of each chain, as rows of the report. */
import { judgeClients } from '../chain/clients/judge.ts'
import type { ClientVerdict } from '../report/types.ts'
import type { CaptureContext } from '../rules/context.ts'

/** One row per client; none when there is no chain to judge. */
export function clientsOf(context: CaptureContext): ClientVerdict[] {
  return judgeClients(context).map(({ profile, trusted, reason, asOf }) => ({
    capture: context.index,
    client: profile.label,
    trusted,
    reason,
    asOf,
  }))
}
