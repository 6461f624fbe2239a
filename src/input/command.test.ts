import { describe, expect, it } from 'vitest'
import { readCommand } from './command.ts'
import { lineFrom } from './lines.ts'
import { MappedText } from './mapped-text.ts'
import { at, read, readOne } from './testing/reading.ts'

function command(text: string) {
  const found = readCommand(MappedText.original(text, 0), lineFrom(text, 0))
  if (!found) throw new Error('no command')
  return found.command
}

describe('command: prompts', () => {
  const call = 'openssl s_client -connect a.example:443'
  for (const prompt of [
    '',
    '$ ',
    '# ',
    '% ',
    '> ',
    'user@host:~$ ',
    '[root@web01 ~]# ',
    '(venv) user@host ~ % ',
    'PS C:\\Users\\dev> ',
    'C:\\>',
    'bash-5.2$ ',
    '~ ❯ ',
    '+ ',
    '$ echo | ',
    '$ echo Q | ',
    'sleep 1 | ',
    'sudo ',
    'time ',
    'LC_ALL=C ',
    'docker exec -it web ',
    '$ (',
    'result=$(',
    'Output of `',
    'cd /etc && ',
  ]) {
    it(`"${prompt}"`, () => {
      const found = command(prompt + call)
      expect(found.program).toBe('s_client')
      expect([found.host, found.port]).toEqual(['a.example', 443])
      expect(found.text).toBe(call)
      expect(at(prompt + call, found.span)).toBe(prompt + call)
    })
  }

  for (const program of [
    'openssl',
    'openssl.exe',
    '/usr/bin/openssl',
    'C:\\OpenSSL\\bin\\openssl.exe',
    '"C:\\Program Files\\OpenSSL\\bin\\openssl.exe"',
    "& 'C:\\x\\openssl.exe'",
    'openssl11',
    'openssl-3.5',
    'OpenSSL',
  ]) {
    it(`program ${program}`, () => {
      expect(command(`${program} s_client -connect a.example:443`).host).toBe('a.example')
    })
  }

  it('nothing that only sounds like it', () => {
    for (const text of [
      'openssl is a tool',
      'myopenssl s_client',
      'openssl s_clients',
      'openssl version',
      'the openssl command',
    ]) {
      expect(readCommand(MappedText.original(text, 0), lineFrom(text, 0))).toBeUndefined()
    }
  })
})

describe('command: target', () => {
  const cases: readonly (readonly [text: string, host: string | undefined, port: number | undefined])[] = [
    ['-connect a.example:443', 'a.example', 443],
    ['-connect "a.example:443"', 'a.example', 443],
    ["-connect 'a.example:443'", 'a.example', 443],
    ['-connect [::1]:8443', '::1', 8443],
    ['-connect 192.0.2.7:443', '192.0.2.7', 443],
    ['-connect a.example:https', 'a.example', 443],
    ['-connect a.example', 'a.example', undefined],
    ['-connect https://a.example:8443/path', 'a.example', 8443],
    ['--connect a.example:443', 'a.example', 443],
    ['-host a.example -port 8443', 'a.example', 8443],
    ['a.example:443', 'a.example', 443],
    ['-showcerts [2001:db8::7]:443', '2001:db8::7', 443],
    ['-connect a.example:99999', 'a.example', undefined],
    ['-showcerts', undefined, undefined],
    ['-connect', undefined, undefined],
  ]
  for (const [options, host, port] of cases) {
    it(options, () => {
      const found = command(`openssl s_client ${options}`)
      expect([found.host, found.port]).toEqual([host, port])
    })
  }
})

describe('command: options', () => {
  it('server names are told apart: given, off, not given', () => {
    expect(command('openssl s_client -connect a:443 -servername b.example').servername).toBe('b.example')
    expect(command('openssl s_client -connect a:443 -noservername').servername).toBeNull()
    expect('servername' in command('openssl s_client -connect a:443')).toBe(false)
  })

  it('all that matters is kept', () => {
    expect(
      command(
        'openssl s_client -connect a:443 -showcerts -CAfile r.pem -CApath /etc/ssl/certs -proxy p:3128 -starttls smtp -verify_hostname h -cert c.pem -key k.pem -tls1_2 -verify 5',
      ),
    ).toMatchObject({
      showcerts: true,
      caFiles: ['r.pem', '/etc/ssl/certs'],
      proxy: 'p:3128',
      starttls: 'smtp',
      verifyHostname: 'h',
      clientCertificate: 'c.pem',
      protocolSwitch: '-tls1_2',
      operands: [],
    })
  })

  it('files of verify are kept apart', () => {
    expect(
      command('openssl verify -CAfile root.pem -untrusted a.pem -untrusted b.pem leaf.pem other.pem'),
    ).toMatchObject({
      program: 'verify',
      caFiles: ['root.pem'],
      untrusted: ['a.pem', 'b.pem'],
      operands: ['leaf.pem', 'other.pem'],
    })
  })

  it('dashes that a word processor made are dashes', () => {
    expect(readOne('$ openssl s_client \u2013connect a.example:443 \u2014showcerts').command).toMatchObject({
      host: 'a.example',
      showcerts: true,
    })
  })
})

describe('command: where it ends', () => {
  it('redirections are no operands', () => {
    for (const redirection of [
      '</dev/null',
      '< /dev/null',
      '2>&1',
      '2>/dev/null',
      '2> err.txt',
      '> out.txt',
      '&> all.txt',
      '<<< Q',
      '< NUL',
      '>>log',
    ]) {
      const found = command(`openssl s_client -connect a.example:443 ${redirection} -showcerts`)
      expect(found.operands).toEqual([])
      expect(found.showcerts).toBe(true)
    }
  })

  it('pipes are kept in order', () => {
    expect(
      command("openssl s_client -connect a:443 </dev/null 2>&1 | sed -n '/-BEGIN/,/-END/p' | head -5").pipes,
    ).toEqual(["sed -n '/-BEGIN/,/-END/p'", 'head -5'])
    expect(command('openssl s_client -connect a:443 |& tee log').pipes).toEqual(['tee log'])
    expect(command('openssl s_client -connect a:443 &> log | head').pipes).toEqual(['head'])
    expect(command('openssl s_client -connect a:443 -alpn "a|b"').pipes).toEqual([])
  })

  it('another command behind it is not part of it', () => {
    for (const more of ['; ls b', ' && ls b', ' & ls b', ' || ls b', ' # ls b', ') ls b', '` ls b']) {
      const found = command(`openssl verify a.pem${more}`)
      expect(found.operands).toEqual(['a.pem'])
      expect(found.text).toBe('openssl verify a.pem')
    }
  })

  it('continuation lines are followed, whatever the shell', () => {
    for (const mark of [' \\', ' ^', ' `', '\\']) {
      const text = `$ openssl s_client${mark}\n    -connect a.example:443${mark}\n    -servername b.example\nCONNECTED(00000003)`
      const capture = readOne(text)
      expect(capture.command).toMatchObject({ host: 'a.example', servername: 'b.example' })
      expect(at(text, capture.command?.span)).toBe(text.slice(0, text.indexOf('\nCONNECTED')))
    }
  })

  it('a pipe at the end of a line goes on', () => {
    expect(readOne('$ openssl s_client -connect a:443 |\n  openssl x509 -noout -dates\n').command?.pipes).toEqual([
      'openssl x509 -noout -dates',
    ])
  })

  it('a backslash that never ends stops somewhere', () => {
    const text = `openssl s_client -connect a:443 \\\n${'  -x \\\n'.repeat(500)}`
    expect(read(text).captures[0]?.command?.host).toBe('a')
  })
})

describe('command: passwords are not kept', () => {
  it('in options and in the address of a proxy', () => {
    const text =
      'openssl s_client -connect a:443 -pass pass:hunter2 -proxy http://bob:hunter3@p:3128 -proxy_pass pass:hunter4 | openssl x509 -passin hunter5'
    const document = read(text)
    const kept = JSON.stringify(document.captures)
    for (const secret of ['hunter2', 'hunter3', 'hunter4', 'hunter5']) expect(kept).not.toContain(secret)
    expect(document.secrets.map((secret) => at(text, secret.span))).toEqual([
      'hunter2',
      'hunter3',
      'hunter4',
      'hunter5',
    ])
  })

  it('where a file holds it, nothing is secret', () => {
    expect(read('openssl pkcs12 -in a.p12 -passin file:pass.txt -passout env:P').secrets).toEqual([])
  })
})
