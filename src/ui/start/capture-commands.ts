/** The commands that make a capture Weaklink can judge. */

export interface CaptureCommand {
  readonly title: string
  /** When it is the one to use. */
  readonly when: string
  readonly command: string
}

/** @param target a host, or a host and a port. */
export function captureCommands(target: string): CaptureCommand[] {
  const colon = target.lastIndexOf(':')
  const host = colon > 0 ? target.slice(0, colon) : target
  const port = colon > 0 ? target.slice(colon + 1) || '443' : '443'
  const client = `s_client -connect ${host}:${port} -servername ${host} -showcerts`
  return [
    { title: 'Direct', when: 'Linux, macOS, Git Bash', command: `openssl ${client} </dev/null` },
    {
      title: 'Through a proxy',
      when: 'replace the proxy’s name and port',
      command: `openssl ${client} -proxy proxy.example.com:3128 </dev/null`,
    },
    {
      title: 'Windows',
      when: 'PowerShell, with the openssl of Git for Windows',
      command: `"Q" | & "$env:ProgramFiles\\Git\\usr\\bin\\openssl.exe" ${client}`,
    },
    {
      title: 'Mutual TLS',
      when: 'with the client’s certificate and key',
      command: `openssl ${client} -cert client.crt -key client.key </dev/null`,
    },
  ]
}

/**
 * Host and port out of what one types or pastes: an address, `https://host/path`, `host:port`. What could not be part
 * of a host name is dropped, because the result is pasted into a shell.
 */
export function cleanHost(typed: string): string {
  const host = typed
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#\s].*$/s, '')
    .replace(/^.*@/, '')
  return host.replace(/[^A-Za-z0-9.:_-]/g, '')
}
