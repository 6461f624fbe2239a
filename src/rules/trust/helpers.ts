/** Wording that rules about trust share. */
import { isPublicName } from '../../chain/domain.ts'
import type { CaptureContext } from '../context.ts'
import { shown } from '../words.ts'

/** A private issuer met through a proxy, or for a public name, may be the proxy's own CA. */
export function interceptionDoubt(context: CaptureContext): string {
  const host = context.target?.host
  if (context.capture.command?.proxy !== undefined)
    return '\n\nThe connection went through a proxy. If it inspects TLS, this is its CA and not that of the server: the same command without the proxy, from a network that allows it, shows another issuer then.'
  if (context.capture.kind !== 'connection' || host === undefined || !isPublicName(host)) return ''
  return `\n\n${shown(host)} is a public name, for which a private CA is unusual: a device on the way that inspects TLS may have signed the certificate. Another issuer from another network proves it.`
}
