import { describe, expect, it } from 'vitest'
import { whatIsRead, whatIsReadText } from '../core/what-is-read.ts'
import { formats } from './formats/registry.ts'
import type { ToolId } from './model.ts'

/** What people call the formats; those without a name of their own belong to another one, or are PEM and error lines. */
const called: Partial<Readonly<Record<ToolId, string>>> = {
  s_client: 's_client',
  x509: 'x509',
  verify: 'verify',
  pem: 'PEM',
  testssl: 'testssl.sh',
  java: 'Java',
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  dotnet: '.NET',
  powershell: 'PowerShell',
  ruby: 'Ruby',
  php: 'PHP',
  rust: 'Rust',
  browser: 'browsers',
  kong: 'Kong',
  cloudflare: 'Cloudflare',
  f5: 'F5',
  haproxy: 'HAProxy',
  envoy: 'Envoy',
  apache: 'Apache',
  iis: 'IIS',
}

describe('what the page says can be read', () => {
  it('names every format that has a name', () => {
    for (const { id } of formats) if (id !== 'text') expect(whatIsReadText).toContain(called[id] ?? id)
  })

  it('has everything once', () => {
    const names = whatIsRead.flatMap((entry) => entry.names)
    expect(new Set(names).size).toBe(names.length)
  })
})
