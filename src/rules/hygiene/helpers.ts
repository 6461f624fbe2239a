/** Ways to switch verification off, as they are written in commands, settings and code; with what to do instead. */
import type { Owner } from '../../core/finding.ts'

export interface Workaround {
  readonly id: string
  /** Group 1 is what is pointed at. Each pattern is linear: gaps are bounded. */
  readonly pattern: RegExp
  /** As the title shows it. */
  readonly shown: string
  /** What serves the purpose and keeps verification on. */
  readonly instead: string
  readonly owner: Owner
}

const way = (id: string, shown: string, pattern: RegExp, instead: string, owner: Owner = 'client'): Workaround => ({
  id,
  shown,
  pattern,
  instead,
  owner,
})

/** The rest of a command, over lines that end with a backslash; not into the next one, so that a search stays linear. */
const within = String.raw`(?:(?!curl)[^\n;|&]|\\\n){0,600}?[ \t]`

/** Switches of curl without a value that may stand before -k in one word. */
const curlShort = '[#0-46afgGiIjJlLMnNOpqRsSvVZ]{0,10}'

export const workarounds: readonly Workaround[] = [
  way(
    'curl-insecure',
    'curl -k',
    new RegExp(
      String.raw`\bcurl(?:\.exe)?\b${within}(-${curlShort}k[a-zA-Z#]{0,10}|--insecure|--proxy-insecure)(?=[\s"'\x60]|$)`,
      'gm',
    ),
    'give curl the missing CA with --cacert FILE, or reach another address under the right name with --connect-to or --resolve',
  ),
  way(
    'wget-insecure',
    'wget --no-check-certificate',
    /(--no-check-certificate)\b/g,
    'give wget the missing CA with --ca-certificate=FILE',
  ),
  way(
    'httpie-insecure',
    '--verify=no',
    /\bhttps?\b(?:(?!\bhttp)[^\n]){0,300}?[ \t](--verify[= ](?:no|false))\b/gi,
    'name the CA file: --verify=FILE',
  ),
  way(
    'node-environment',
    'NODE_TLS_REJECT_UNAUTHORIZED=0',
    /(NODE_TLS_REJECT_UNAUTHORIZED["'\]]{0,3}[ \t]{0,4}[=:,][ \t]{0,4}["']?0)\b/g,
    'name the CA with NODE_EXTRA_CA_CERTS=FILE, or run Node with --use-system-ca',
  ),
  way(
    'node-option',
    'rejectUnauthorized: false',
    /(rejectUnauthorized["']?[ \t]{0,4}[:=][ \t]{0,4}(?:false|!1))\b/g,
    'pass the CA in the option ca, beside the public ones where those are needed too',
  ),
  way(
    'npm-strict-ssl',
    'strict-ssl=false',
    /(strict-ssl["']?(?:[ \t]{0,4}=[ \t]{0,4}|[ \t]{1,4})["']?false)\b/gi,
    'name the CA with npm config set cafile FILE',
  ),
  way(
    'python-verify',
    'verify=False',
    /(\bverify(?:_ssl|_certs)?["']?[ \t]{0,4}[=:][ \t]{0,4}False)\b/g,
    'pass the CA file (verify="FILE"), or name it in REQUESTS_CA_BUNDLE or SSL_CERT_FILE',
  ),
  way(
    'python-context',
    'ssl.CERT_NONE',
    /(_create_unverified_context|\bCERT_NONE\b|check_hostname[ \t]{0,4}=[ \t]{0,4}False|PYTHONHTTPSVERIFY["']?[ \t]{0,4}[=:][ \t]{0,4}["']?0\b)/g,
    'load the CA into the context: ssl.create_default_context(cafile="FILE")',
  ),
  way(
    'pip-trusted-host',
    'pip --trusted-host',
    /(--trusted-host\b|^[ \t]{0,8}trusted-host[ \t]{0,4}=)/gm,
    'name the CA with pip --cert FILE, or pip config set global.cert FILE',
  ),
  way(
    'git-ssl-verify',
    'http.sslVerify=false',
    /(http\.(?:(?:(?!http\.)[^\s"']){1,200}\.)?sslVerify["']?(?:[ \t]{0,4}=[ \t]{0,4}|[ \t]{1,4})["']?(?:false|0)\b|\bsslVerify[ \t]{0,4}=[ \t]{0,4}(?:false|0)\b|GIT_SSL_NO_VERIFY["']?[ \t]{0,4}[=:][ \t]{0,4}["']?(?:1|true)\b)/gi,
    'name the CA for that host: git config http.https://HOST/.sslCAInfo FILE',
  ),
  way('aws-no-verify', '--no-verify-ssl', /(--no-verify-ssl)\b/g, 'name the CA with --ca-bundle FILE or AWS_CA_BUNDLE'),
  way(
    'kubernetes-skip',
    '--insecure-skip-tls-verify',
    /(--insecure-skip-tls-verify\b(?!=false)|insecure-skip-tls-verify["']?[ \t]{0,4}:[ \t]{0,4}true\b)/gi,
    'name the CA of the cluster: certificate-authority or certificate-authority-data in kubeconfig, --certificate-authority FILE',
  ),
  way(
    'go-skip-verify',
    'InsecureSkipVerify: true',
    /((?:tls_?|ssl_?)?insecure_?skip_?verify["']?[ \t]{0,4}[:=][ \t]{0,4}"?true)\b/gi,
    'set RootCAs (in settings: the CA file), and ServerName where the address is not the name of the certificate',
  ),
  way(
    'java-trust-all',
    'a trust manager that accepts anything',
    /(\bcheckServerTrusted\([^){}]{0,200}\)(?:[ \t]{0,4}throws[ \t]{1,4}\w{1,40})?\s{0,8}\{\s{0,8}\}|\b(?:TrustAllStrategy|NoopHostnameVerifier|InsecureTrustManagerFactory|ALLOW_ALL_HOSTNAME_VERIFIER|TrustAllCerts?)\b)/g,
    'put the CA into a trust store (keytool -importcert) and name it with -Djavax.net.ssl.trustStore',
  ),
  way(
    'java-no-hostname',
    'host name checks switched off in Java',
    /(jdk\.internal\.httpclient\.disableHostnameVerification|HostnameVerifier\([^\n]{0,80}->[ \t]{0,4}true)/g,
    'use the name that the certificate has, or have a certificate issued that names the host',
  ),
  way(
    'dotnet-callback',
    'a callback that accepts any certificate',
    /(Server(?:Remote)?Certificate(?:Custom)?ValidationCallback[^\n;]{0,160}?(?:\{ ?\$true ?\}|=> ?(?:\{ ?return )?true\b|return true\b)|DangerousAcceptAnyServerCertificateValidator|-SkipCertificateCheck\b(?!:\$false))/gi,
    'add the CA to the store of the machine (Import-Certificate into Cert:\\LocalMachine\\Root), after its fingerprint was confirmed',
  ),
  way(
    'ruby-php-none',
    'VERIFY_NONE',
    /(\bVERIFY_NONE\b|CURLOPT_SSL_VERIFY(?:PEER|HOST)["']?[ \t]{0,4}(?:,|=>)[ \t]{0,4}(?:false|0)\b|["']verify_peer(?:_name)?["'][ \t]{0,4}=>[ \t]{0,4}(?:false|0)\b)/gi,
    'name the CA file: ca_file in Ruby, CURLOPT_CAINFO or the context option cafile in PHP',
  ),
  way(
    'kong-verify',
    'tls_verify=false',
    /(\btls_(?:certificate_)?verify["']?[ \t]{0,4}[=:][ \t]{0,4}["']?(?:false|off)\b)/gi,
    'upload the CA to Kong (/ca_certificates), name it in the ca_certificates of the service, and set tls_verify=true',
    'server-operator',
  ),
  way(
    'nginx-verify',
    'proxy_ssl_verify off',
    /(\b(?:proxy|grpc|uwsgi)_ssl_verify[ \t]{1,8}off\b)/gi,
    'name the CA with proxy_ssl_trusted_certificate and set proxy_ssl_verify on, with a sufficient proxy_ssl_verify_depth',
    'server-operator',
  ),
  way(
    'haproxy-verify',
    'ssl verify none',
    /(\bssl\b(?:(?!\bssl\b)[^\n]){0,200}?\bverify[ \t]{1,4}none\b|\bssl-server-verify[ \t]{1,4}none\b)/gi,
    'name the CA on the server line: ssl verify required ca-file FILE',
    'server-operator',
  ),
  way(
    'apache-verify',
    'SSLProxyVerify none',
    /(\bSSLProxyVerify[ \t]{1,8}none\b|\bSSLProxyCheckPeer(?:Name|CN|Expire)[ \t]{1,8}off\b)/gi,
    'name the CA with SSLProxyCACertificateFile and set SSLProxyVerify require',
    'server-operator',
  ),
]

/** Words before a match that turn it into advice against it. */
export const advisesAgainst =
  /\b(?:never|do not|don't|dont|avoid|instead of|rather than|without|not recommended|must not|should not|shouldn't|stop using|no longer|remove|removed|forbidden|insecure to|unsafe to|dangerous to)\b/i

/** The same behind a match. */
export const advisedAgainst =
  /^[^\n.]{0,60}\b(?:is|are) (?:not (?:a fix|recommended|safe|the fix|a solution)|unsafe|insecure|dangerous|forbidden|no (?:fix|solution))/i
