import { describe, expect, it } from 'vitest'
import { readCommand } from './command.ts'
import { lineFrom } from './lines.ts'
import { MappedText } from './mapped-text.ts'
import { read, readOne } from './testing/reading.ts'

const find = (text: string) => readCommand(MappedText.original(text, 0), lineFrom(text, 0))

function command(text: string) {
  const found = find(text)
  if (!found) throw new Error('no command')
  return found.command
}

describe('command: other programs than openssl', () => {
  const cases: readonly (readonly [text: string, expected: object])[] = [
    ['curl -v https://a.example/', { program: 'curl', host: 'a.example', port: 443 }],
    ['curl -v http://a.example', { host: 'a.example', port: 80 }],
    ['curl a.example:8443/health', { host: 'a.example', port: 8443 }],
    ['curl -v "https://[2001:db8::7]:8443/"', { host: '2001:db8::7', port: 8443 }],
    ['curl https://bob:hunter2@a.example/', { host: 'a.example', port: 443 }],
    ['curl --url https://a.example -o x', { host: 'a.example' }],
    ['curl -vk https://a.example', { insecure: true }],
    ['curl --insecure https://a.example', { insecure: true }],
    ['curl -svo /dev/null https://a.example', { host: 'a.example', operands: ['https://a.example'] }],
    ['curl -vx p.example:3128 https://a.example', { proxy: 'p.example:3128', host: 'a.example' }],
    ['curl --proxy=http://p.example:3128 https://a.example', { proxy: 'http://p.example:3128' }],
    [
      'curl --cacert r.pem --capath /etc/ssl --cert c.pem --key k.pem https://a.example',
      { caFiles: ['r.pem', '/etc/ssl'], clientCertificate: 'c.pem' },
    ],
    ["curl -E 'C:\\keys\\c.p12:hunter2' https://a.example", { clientCertificate: 'C:\\keys\\c.p12' }],
    ['curl --tlsv1.2 https://a.example', { protocolSwitch: '--tlsv1.2' }],
    [
      'curl --resolve a.example:443:192.0.2.7 https://a.example',
      { host: '192.0.2.7', port: 443, servername: 'a.example' },
    ],
    [
      'curl --connect-to ::lb.example:8443 https://a.example',
      { host: 'lb.example', port: 8443, servername: 'a.example' },
    ],
    ['curl --resolve b.example:443:192.0.2.7 https://a.example', { host: 'a.example' }],
    ['wget --no-check-certificate https://a.example/x', { program: 'wget', host: 'a.example', insecure: true }],
    [
      'wget --ca-certificate=r.pem --certificate=c.pem -O /dev/null https://a.example',
      { host: 'a.example', caFiles: ['r.pem'], clientCertificate: 'c.pem' },
    ],
    ['wget -e https_proxy=http://p.example:3128 https://a.example', { proxy: 'http://p.example:3128' }],
    ['gnutls-cli a.example', { program: 'gnutls-cli', host: 'a.example', port: 443 }],
    [
      'gnutls-cli -p 8443 --sni-hostname b.example --insecure --print-cert 192.0.2.7',
      { host: '192.0.2.7', port: 8443, servername: 'b.example', insecure: true, showcerts: true },
    ],
    [
      'gnutls-cli --x509cafile r.pem --x509certfile c.pem --starttls-proto=smtp a.example:25',
      { caFiles: ['r.pem'], clientCertificate: 'c.pem', starttls: 'smtp', port: 25 },
    ],
    ['keytool -printcert -sslserver a.example:8443 -rfc', { program: 'keytool', host: 'a.example', port: 8443 }],
    [
      'keytool -J-Dhttps.proxyHost=p.example -J-Dhttps.proxyPort=8080 -printcert -sslserver a.example',
      { host: 'a.example', port: 443, proxy: 'p.example:8080' },
    ],
    ['keytool -list -v -keystore a.p12 -storepass hunter2', { operands: ['a.p12'] }],
    ['nmap -Pn -p 8443 --script ssl-cert a.example', { program: 'nmap', host: 'a.example', port: 8443 }],
    [
      'testssl.sh --starttls smtp --add-ca r.pem a.example:25',
      { program: 'testssl', host: 'a.example', port: 25, starttls: 'smtp', caFiles: ['r.pem'] },
    ],
    ['./testssl.sh https://a.example/', { host: 'a.example', port: 443 }],
    ['sslscan --sni-name=b.example 192.0.2.7:443', { program: 'sslscan', host: '192.0.2.7', servername: 'b.example' }],
    [
      'Invoke-WebRequest -Uri https://a.example/x -Proxy http://p.example:8080 -SkipCertificateCheck',
      { program: 'invoke-webrequest', host: 'a.example', proxy: 'http://p.example:8080', insecure: true },
    ],
    ['iwr https://a.example', { program: 'invoke-webrequest', host: 'a.example' }],
    ['Test-NetConnection a.example -Port 8443', { program: 'test-netconnection', host: 'a.example', port: 8443 }],
  ]
  for (const [text, expected] of cases) it(text.slice(0, 90), () => expect(command(text)).toMatchObject(expected))

  it('prompts of all shells', () => {
    for (const prompt of [
      '$ ',
      '# ',
      'user@host:~$ ',
      'user@mac ~ % ',
      '\u279c  ~ ',
      '\u276f ',
      'PS C:\\Users\\dev> ',
      'C:\\Users\\dev>',
      '+ ',
      '++ ',
      'sudo ',
      'time ',
      'https_proxy=http://p:3128 ',
      'echo | ',
      'result=$(',
      '##[command]',
      'docker exec -it web ',
      'kubectl exec deploy/web -- ',
      'cd /tmp && ',
    ]) {
      const found = find(`${prompt}curl -v https://a.example/`)
      expect([found?.command.host, found?.inProse], prompt).toEqual(['a.example', false])
    }
    for (const program of [
      'curl.exe',
      '/usr/bin/curl',
      'C:\\Windows\\System32\\curl.exe',
      '"C:\\Program Files\\curl\\bin\\curl.exe"',
    ]) {
      expect(find(`${program} -v https://a.example/`)?.command.host, program).toBe('a.example')
    }
  })

  it('nothing that only sounds like it', () => {
    for (const text of [
      'curl: (60) SSL certificate problem: certificate has expired',
      'curl failed to verify the legitimacy of the server and therefore could not',
      'More details here: https://curl.se/docs/sslcerts.html',
      '> User-Agent: curl/8.14.1',
      'the curl command',
      'Starting Nmap 7.93 ( https://nmap.org ) at 2026-12-01 09:00 UTC',
      'Nmap scan report for a.example (192.0.2.7)',
      'Nmap done: 1 IP address (1 host up) scanned in 1.91 seconds',
      'wget: unable to resolve host address',
      'DEBUG output created by Wget 1.21.3 on linux-gnu.',
      'keytool error: java.lang.Exception: No certificate from the SSL server',
      '    testssl       3.0.8 from https://testssl.sh/',
      '* OpenSSL verify result: 12',
    ]) {
      expect(find(text), text).toBeUndefined()
    }
  })

  it('a sentence with a command is no run of its own', () => {
    const text =
      'When I run curl -v https://a.example/ it fails with\ncurl: (60) SSL certificate problem: certificate has expired\n'
    expect(readOne(text)).toMatchObject({ tool: 'curl', command: { host: 'a.example' } })
    const advice = `Please try curl -v https://b.example/ first.\n\n$ curl https://a.example/\ncurl: (60) SSL certificate problem: certificate has expired\n`
    expect(read(advice).captures.map(({ command: found }) => found?.host)).toEqual(['a.example'])
  })

  it('the program behind a pipe prints, where the first only fetches', () => {
    expect(command('curl -s http://a.example/ca.cer | openssl x509 -inform DER -noout -subject').program).toBe('x509')
    expect(command('keytool -printcert -rfc -sslserver a.example | openssl x509 -noout -text')).toMatchObject({
      program: 'keytool',
      host: 'a.example',
      pipes: ['openssl x509 -noout -text'],
    })
  })

  it('names that a shell fills in are not known', () => {
    for (const text of [
      'curl -v https://$HOST:8443/',
      `curl -v "https://$\{HOST}:8443/"`,
      'openssl s_client -connect $h:8443 -servername $h',
      'gnutls-cli -p 8443 %HOST%',
    ]) {
      expect([command(text).host, command(text).servername, command(text).port], text).toEqual([
        undefined,
        undefined,
        8443,
      ])
    }
  })

  it('lines that a shell marks as continued', () => {
    const text =
      '$ curl -v \\\n> --cacert root.pem \\\n> https://a.example/\n* Connected to a.example (192.0.2.7) port 443\n'
    expect(readOne(text).command).toMatchObject({ host: 'a.example', caFiles: ['root.pem'] })
    const powershell =
      'PS C:\\> curl.exe -v `\n>>   https://a.example/\n* Connected to a.example (192.0.2.7) port 443\n'
    expect(readOne(powershell).command?.host).toBe('a.example')
  })
})

describe('command: passwords of other programs are not kept', () => {
  for (const text of [
    'curl -u bob:hunter2 https://a.example',
    'curl -vu bob:hunter2 https://a.example',
    'curl --user "bob:hunter2" https://a.example',
    'curl -U bob:hunter2 -x p:3128 https://a.example',
    'curl --proxy-user bob:hunter2 https://a.example',
    'curl -x http://bob:hunter2@p:3128 https://a.example',
    'curl -x bob:hunter2@p.example:3128 https://a.example',
    'curl -E c.pem:hunter2 https://a.example',
    'curl --cert c.pem --pass hunter2 https://a.example',
    'curl --oauth2-bearer hunter2 https://a.example',
    'curl -H "Authorization: Bearer hunter2" https://a.example',
    "curl -H 'X-Api-Key: hunter2' https://a.example",
    'curl -b "session=hunter2" https://a.example',
    'curl -d "user=bob&pw=hunter2" https://a.example',
    'curl https://bob:hunter2@a.example/',
    'wget --http-password=hunter2 https://a.example',
    'wget --password hunter2 https://a.example',
    'keytool -list -keystore a.p12 -storepass hunter2',
    'keytool -importkeystore -srckeystore a -srcstorepass hunter2 -destkeystore b -deststorepass hunter2',
    'openssl s_client -connect a.example:443 -proxy bob:hunter2@p.example:3128',
    'openssl s_client -connect a.example:443 -psk hunter2',
  ]) {
    it(text.slice(0, 70), () => {
      const found = command(text)
      expect(JSON.stringify(found)).not.toContain('hunter2')
      expect(found.text).toContain('***')
    })
  }

  it('what is no password stays', () => {
    const text = 'curl -v --cacert root.pem --user-agent x -o out.json https://a.example:8443/p?q=1'
    expect(command(text).text).toBe(text)
    expect(command('keytool -list -keystore a.p12 -storepass:env PASS').text).toContain('PASS')
  })
})
