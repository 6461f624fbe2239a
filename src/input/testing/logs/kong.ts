/** Prints log entries of Kong as its file-log and http-log plugins write them (3.x). */

export interface KongStory {
  readonly status: number
  /** As logged: a string, a list on retries, empty when there was no answer; absent: not in the entry. */
  readonly upstreamStatus?: string
  readonly clientVerify?: string
  /** The client's side in plain HTTP. */
  readonly plain?: boolean
  readonly proxyLatency?: number
  readonly source?: 'upstream' | 'kong'
  readonly headers?: Readonly<Record<string, string>>
  readonly requestHeaders?: Readonly<Record<string, string>>
  /** No service: Kong found no route. */
  readonly routeless?: boolean
}

export function kongEntry(story: KongStory): Readonly<Record<string, unknown>> {
  const { status, upstreamStatus, clientVerify = 'NONE', plain, proxyLatency = -1, source, headers = {} } = story
  const scheme = plain ? 'http' : 'https'
  return {
    request: {
      id: '5f2c90f1',
      method: 'GET',
      url: `${scheme}://api.harbour.example:${plain ? 8000 : 8443}/pay`,
      uri: '/pay',
      querystring: {},
      headers: { host: 'api.harbour.example', 'user-agent': 'curl/8.5.0', ...story.requestHeaders },
      size: 141,
      ...(plain ? {} : { tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', client_verify: clientVerify } }),
    },
    response: { status, headers: { 'content-type': 'application/json', ...headers }, size: 240 },
    latencies: { kong: 3, proxy: proxyLatency, request: 27, receive: 1 },
    ...(upstreamStatus === undefined ? {} : { upstream_status: upstreamStatus }),
    ...(source === undefined ? {} : { source }),
    ...(story.routeless
      ? { tries: [] }
      : {
          tries: [{ ip: '10.0.0.5', port: 8443, balancer_latency: 0, balancer_latency_ns: 31_232 }],
          service: { id: 's1', name: 'pay', host: 'pay.harbour.internal', port: 8443, protocol: 'https' },
          route: { id: 'r1', name: 'pay-route' },
        }),
    upstream_uri: '/pay',
    client_ip: '10.1.2.3',
    workspace: 'w1',
    started_at: 1_795_537_861_123,
  }
}

export const kongLine = (story: KongStory): string => JSON.stringify(kongEntry(story))

/** The same over many lines, as jq prints it. */
export const kongPretty = (story: KongStory): string => JSON.stringify(kongEntry(story), null, 2)

/** The entry as a string in the object of a container runtime. */
export const inContainerLog = (line: string): string =>
  JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-11-24T16:31:01.123456789Z' })
