/** Options of clients other than `openssl`, and how their command lines are taken apart. */

/** How a program writes its options. */
export interface Syntax {
  /** Long options, and those with one dash, that take the next word as their value. */
  readonly values: ReadonlySet<string>
  /** Letters of options that may stand together behind one dash, and take a value. */
  readonly letters?: string
  readonly ignoreCase?: boolean
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** By program. */
const syntaxes: Readonly<Record<string, Syntax>> = {
  curl: {
    letters: 'AbcCdDeEFhHKmoPQrtTuUwxXyYz',
    values: set(`--cacert --capath --cert --cert-type --key --key-type --pass --proxy --proxy-user --proxy-cacert
      --proxy-capath --proxy-cert --proxy-key --proxy-pass --preproxy --user --resolve --connect-to --header --proxy-header
      --data --data-raw --data-binary --data-ascii --data-urlencode --json --output --output-dir --url --max-time
      --connect-timeout --interface --ciphers --tls13-ciphers --proxy-ciphers --curves --tls-max --request --user-agent
      --referer --cookie --cookie-jar --form --form-string --write-out --retry --retry-delay --retry-max-time --dns-servers
      --socks4 --socks4a --socks5 --socks5-hostname --proxy1.0 --noproxy --pinnedpubkey --crlfile --engine --config --range
      --upload-file --oauth2-bearer --trace --trace-ascii --trace-config --stderr --dump-header --limit-rate --unix-socket
      --abstract-unix-socket --doh-url --aws-sigv4 --proto --proto-redir --proto-default --keepalive-time --local-port
      --max-redirs --max-filesize --netrc-file --time-cond --delegation --service-name --speed-limit --speed-time --alt-svc
      --hsts --rate --parallel-max --continue-at --request-target --happy-eyeballs-timeout-ms --tlsauthtype --tlsuser
      --tlspassword --sigalgs`),
  },
  wget: {
    letters: 'aABDeghiIlnoOPQtTUwX',
    values: set(`--ca-certificate --ca-directory --certificate --private-key --certificate-type --private-key-type
      --crl-file --pinnedpubkey --ciphers --secure-protocol --user --password --http-user --http-password --proxy-user
      --proxy-password --header --output-document --output-file --append-output --timeout --tries --user-agent --execute
      --post-data --post-file --body-data --method --bind-address --directory-prefix --referer`),
  },
  'gnutls-cli': {
    letters: 'pdm',
    values: set(`--port --x509cafile --x509crlfile --x509certfile --x509keyfile --priority --sni-hostname
      --verify-hostname --starttls-proto --save-cert --save-ocsp --alpn --pskusername --pskkey --srpusername --srppasswd
      --debug --provider --dane --hex --keymatexport --sess-data --inline-commands-prefix --compress-cert`),
  },
  keytool: {
    values: set(`-sslserver -file -jarfile -keystore -storepass -keypass -storetype -alias -srckeystore -destkeystore
      -srcstorepass -deststorepass -srcstoretype -deststoretype -srcalias -destalias -srckeypass -destkeypass -providername
      -providerclass -providerpath -providerarg -addprovider -infile -outfile -dname -validity -ext -sigalg -keyalg -keysize
      -groupname -startdate -new -conf -tls`),
  },
  nmap: {
    letters: 'poiTSegDm',
    values: set(`--script --script-args --top-ports --dns-servers --max-retries --host-timeout --min-rate --max-rate
      --source-port --exclude --proxies --stylesheet -oN -oX -oG -oA -iL`),
  },
  testssl: {
    letters: 'tx',
    values: set(`--starttls --ip --proxy --openssl --openssl-timeout --connect-timeout --mode --file --add-ca --mtls
      --hints --warnings --color --colorblind --debug --logfile --jsonfile --csvfile --htmlfile --log --xmpphost --nodns
      --basicauth --reqheader --socket-timeout --parallel --timeout`),
  },
  sslscan: { values: new Set() },
  'invoke-webrequest': {
    ignoreCase: true,
    values: set(`-uri -method -headers -body -proxy -proxycredential -certificate -certificatethumbprint -credential
      -contenttype -outfile -timeoutsec -useragent -infile -sslprotocol -maximumredirection -authentication -token
      -websession -sessionvariable -transferencoding -erroraction`),
  },
  'test-netconnection': {
    ignoreCase: true,
    values: set('-computername -cn -port -commontcpport -informationlevel -hops -constraininterface -erroraction'),
  },
}

/** The options of a command by name, and its other words. */
export class Options {
  readonly operands: string[] = []
  private readonly named = new Map<string, string[]>()

  readonly words: readonly string[]

  constructor(program: string, words: readonly string[]) {
    const syntax = syntaxes[program] ?? { values: new Set<string>() }
    this.words = words
    for (let index = 0; index < words.length; index++) {
      const word = words[index] as string
      if (/^(?:\d|&)?[<>]/.test(word)) {
        if (/^(?:\d|&)?[<>]+[&-]?$/.test(word)) index++
      } else if (!word.startsWith('-') || word.length < 2) this.operands.push(word)
      else if (this.option(word, words[index + 1], syntax)) index++
    }
  }

  /** Notes an option; true when the next word was its value. */
  private option(word: string, next: string | undefined, { values, letters = '', ignoreCase }: Syntax): boolean {
    const equals = /^(--?[A-Za-z][\w-]{0,60})[=:](.*)$/.exec(word)
    const name = ignoreCase ? (equals?.[1] ?? word).toLowerCase() : (equals?.[1] ?? word)
    if (equals && (word.startsWith('--') || ignoreCase)) {
      this.add(name, equals[2])
      return false
    }
    if (values.has(name)) {
      this.add(name, next)
      return next !== undefined
    }
    if (word.startsWith('--') || letters === '') {
      this.add(name)
      return false
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index] as string
      if (!letters.includes(letter)) this.add(`-${letter}`)
      else if (index + 1 < word.length) {
        this.add(`-${letter}`, word.slice(index + 1).replace(/^=/, ''))
        return false
      } else {
        this.add(`-${letter}`, next)
        return next !== undefined
      }
    }
    return false
  }

  private add(name: string, value?: string): void {
    const known = this.named.get(name) ?? []
    if (value !== undefined) known.push(value)
    this.named.set(name, known)
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.named.has(name))
  }

  /** The last value wins, as in all of these programs. */
  value(...names: readonly string[]): string | undefined {
    return names.flatMap((name) => this.named.get(name) ?? []).at(-1)
  }

  all(...names: readonly string[]): string[] {
    return names.flatMap((name) => this.named.get(name) ?? [])
  }
}
