/** Which finding calls for which job, on which side. The order is the order in which the page offers the platforms. */
import type { Cause, FixJob, FixSide, RuleSlug } from '../core/finding.ts'

export interface Task {
  readonly job: FixJob
  readonly side: FixSide
  /** It helps one client only; the cause stays. */
  readonly workaround?: true
}

export interface Advice {
  readonly tasks: readonly Task[]
  /** Why there is nothing for single platforms; what holds for all is in generic.ts. */
  readonly reason?: string
}

const at = (side: FixSide, ...jobs: readonly FixJob[]): Task[] => jobs.map((job) => ({ job, side }))
const workaround = (side: FixSide, job: FixJob): Task => ({ job, side, workaround: true })
const tasks = (...list: readonly Task[]): Advice => ({ tasks: list })
const noPlatform = (reason: string): Advice => ({ tasks: [], reason })

const replace = tasks(...at('server', 'replace-certificate'))

/** Every cause has an entry; the compiler sees to it. */
export const advice: Readonly<Record<Cause, Advice>> & Partial<Readonly<Record<RuleSlug, Advice>>> = {
  'missing-intermediate': tasks(
    ...at('server', 'serve-chain'),
    workaround('client', 'supply-intermediate'),
    workaround('gateway', 'supply-intermediate'),
  ),
  'wrong-order': tasks(...at('server', 'serve-chain')),
  'extra-certificates': tasks(...at('server', 'serve-chain')),
  'duplicate-certificates': tasks(...at('server', 'serve-chain')),
  'interception-proxy': tasks(...at('client', 'trust-ca')),
  'cloudflare-origin': tasks(...at('server', 'keep-proxied', 'replace-certificate')),
  'private-ca': tasks(...at('client', 'trust-ca'), ...at('gateway', 'trust-ca')),
  'self-signed-leaf': tasks(
    ...at('server', 'replace-certificate'),
    workaround('client', 'trust-ca'),
    workaround('gateway', 'trust-ca'),
  ),
  'product-default-certificate': tasks(...at('server', 'sni-name', 'replace-certificate')),
  'acme-staging': replace,
  'hostname-mismatch': tasks(
    ...at('server', 'sni-name', 'replace-certificate'),
    ...at('gateway', 'sni-name'),
    ...at('client', 'sni-name'),
  ),
  'missing-or-wrong-sni': tasks(...at('client', 'sni-name'), ...at('gateway', 'sni-name'), ...at('server', 'sni-name')),
  'no-san': replace,
  'expired-leaf': replace,
  'expires-soon': replace,
  'expired-issuer': tasks(...at('server', 'serve-chain'), ...at('client', 'update-store')),
  'not-yet-valid': tasks(...at('client', 'set-clock'), ...at('server', 'replace-certificate')),
  'wrong-clock': tasks(...at('client', 'set-clock')),
  'stale-trust-store': tasks(...at('client', 'update-store')),
  'client-certificate-missing': tasks(...at('client', 'client-certificate'), ...at('gateway', 'client-certificate')),
  'client-certificate-rejected': tasks(
    ...at('client', 'client-certificate'),
    ...at('gateway', 'client-certificate'),
    ...at('server', 'accept-client'),
  ),
  'weak-key-or-signature': replace,
  'bad-signature': tasks(...at('server', 'serve-chain', 'replace-certificate')),
  'ca-constraint-violation': replace,
  revoked: replace,
  'protocol-mismatch': tasks(...at('server', 'protocol-version'), ...at('client', 'protocol-version')),
  'proxy-connect-failed': tasks(...at('client', 'use-proxy')),
  'verification-misused': tasks(...at('client', 'verify-right')),
  'not-tls': noPlatform('the address, the port or the protocol is wrong, whatever the product'),
  'connection-failed': noPlatform('no TLS was spoken, so no setting of TLS is at fault'),
  'revocation-unavailable': noPlatform('the network between client and CA decides'),
  healthy: noPlatform('nothing has to be repaired'),
  undeterminable: noPlatform('the cause is not known; the next command of the finding comes first'),
}
