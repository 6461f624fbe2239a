import { describe, expect, it } from 'vitest'
import { sClient, toShop } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { judgeMade } from '../testing/helpers/made.ts'
import { proxyConnectFailed as rule } from './proxy-connect-failed.ts'

const refusal = (status: string, proxy = 'proxy.corp.example:8080') =>
  sClient({
    command: `-proxy ${proxy} ${toShop}`,
    sent: [],
    unfinished: true,
    lines: [`s_client: HTTP CONNECT failed, reason=${status}`],
  })

describe('proxy-connect-failed', () => {
  it('fails a tunnel that the proxy forbids', async () => {
    const judged = await judge(rule, refusal('403 Forbidden'))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'error',
      confidence: 'certain',
      owner: 'proxy-team',
      title: 'The proxy proxy.corp.example:8080 refuses the tunnel to shop.example:443 with status 403.',
      nextCommand: 'curl -v --proxy http://proxy.corp.example:8080 https://shop.example:443/ -o /dev/null',
    })
    expect(judged.quotes[0]).toBe('s_client: HTTP CONNECT failed, reason=403 Forbidden')
  })

  it('asks the client for credentials on 407', async () => {
    expect(await judge(rule, refusal('407 Proxy Authentication Required'))).toMatchObject({
      kind: 'fail',
      owner: 'client',
    })
  })

  it('does not repeat the credentials of the command', async () => {
    const judged = await judge(rule, refusal('403 Forbidden', 'http://alice:hunter2@proxy.corp.example:8080'))
    expect(`${judged.title} ${judged.nextCommand}`).not.toContain('hunter2')
    expect(judged.title).toContain('proxy.corp.example:8080')
  })

  it('passes a proxy that opens the tunnel', async () => {
    const paste = sClient({ command: `-proxy proxy.corp.example:8080 ${toShop}`, sent: ['shop', 'issuing'] })
    expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })

  it('does not apply without a proxy', async () => {
    expect(await judge(rule, sClient({ command: toShop, sent: ['shop'] }))).toMatchObject({ kind: 'not-applicable' })
  })

  it('says who acts by the status, and how each client gives credentials', async () => {
    const of = (tool: 'curl' | 'java', status: number) =>
      judgeMade(rule, {
        tool,
        host: 'shop.example',
        program: 'curl',
        proxy: 'https://proxy.corp.example:8443',
        failure: ['proxy-refused', `CONNECT tunnel failed, response ${status}`, status],
      })
    for (const status of [400, 401, 404, 405, 407, 501]) expect((await of('curl', status)).owner).toBe('client')
    for (const status of [403, 429, 500, 502, 503, 504]) expect((await of('curl', status)).owner).toBe('proxy-team')
    expect((await of('curl', 407)).explanation).toContain('--proxy-user')
    expect((await of('java', 407)).explanation).toContain('jdk.http.auth.tunneling.disabledSchemes')
    const judged = await of('curl', 502)
    expect(judged.explanation).toContain('a certificate that is shown is that of the proxy')
    expect(judged.nextCommand).toContain('--proxy https://proxy.corp.example:8443 ')
  })
})
