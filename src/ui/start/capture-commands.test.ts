import { describe, expect, it } from 'vitest'
import { captureCommands, cleanHost } from './capture-commands.ts'

describe('cleanHost', () => {
  it('takes the host and port out of an address', () => {
    expect(cleanHost(' https://user@api.example.com:8443/path?x#y ')).toBe('api.example.com:8443')
    expect(cleanHost('api.example.com')).toBe('api.example.com')
  })

  it('drops what a shell would read as a command', () => {
    expect(cleanHost('a.example;$(id)`x`')).toBe('a.exampleidx')
    expect(cleanHost('a.example && rm')).toBe('a.example')
  })
})

describe('captureCommands', () => {
  it('names host and port, 443 unless told', () => {
    expect(captureCommands('api.example.com')[0]?.command).toBe(
      'openssl s_client -connect api.example.com:443 -servername api.example.com -showcerts </dev/null',
    )
    expect(captureCommands('api.example.com:8443')[0]?.command).toContain('-connect api.example.com:8443 ')
  })
})
