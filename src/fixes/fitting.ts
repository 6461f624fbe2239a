/** Which platforms a finding is about: told from the hop, the tool, and the product that it names. */
import type { Finding } from '../core/finding.ts'
import type { Report } from '../report/types.ts'

/** Words by which captures and findings name a platform, and its slug. The first list that matches stays first. */
const words: readonly (readonly [pattern: RegExp, slug: string])[] = [
  [/\bf5\b|big-?ip/i, 'f5'],
  [/\bkong\b/i, 'kong'],
  [/\bcloudflare\b/i, 'cloudflare'],
  [/\bingress-nginx\b|kubernetes ingress/i, 'ingress-nginx'],
  [/(?<!ingress[- ])\bnginx\b(?! ingress)/i, 'nginx'],
  [/\bhaproxy\b/i, 'haproxy'],
  [/\b(?:apache httpd|httpd|mod_ssl)\b/i, 'apache'],
  [/\btomcat\b/i, 'tomcat'],
  [/\benvoy\b/i, 'envoy'],
  [/\bistio\b/i, 'istio'],
  [/\btraefik\b/i, 'traefik'],
  [/\biis\b/i, 'iis'],
  [/\b(?:alb|elb|acm)\b/i, 'aws-alb'],
  [/\b(?:java|jvm|jdk|keytool|jsse)\b/i, 'java'],
  [/\bokhttp3?\b/i, 'java-okhttp'],
  [/\bspring\b/i, 'java-spring'],
  [/\bfeign\b/i, 'java-feign'],
  [/\bcurl\b/i, 'curl'],
  [/\bnode(?:\.?js)?\b/i, 'node'],
  [/\bpython\b|\brequests\b/i, 'python'],
  [/\bdotnet\b|\.net\b|\bschannel\b/i, 'dotnet'],
  [/\b(?:go|golang)\b/i, 'go'],
  [/\bwget\b/i, 'wget'],
  [/\bgit\b/i, 'git'],
  [/\bnpm\b/i, 'npm'],
  [/\bpip3?\b/i, 'pip'],
  [/\baws(?:-cli)?\b/i, 'aws-cli'],
  [/\bdocker\b/i, 'docker'],
  [/\b(?:powershell|windows|certutil)\b/i, 'windows'],
  [/\bandroid\b/i, 'android'],
  [/\b(?:ios|ipados)\b/i, 'ios'],
  [/\bmacos\b/i, 'macos'],
  [/\bdebian\b|\bubuntu\b/i, 'debian'],
  [/\balpine\b/i, 'alpine'],
  [/\b(?:rhel|red hat|fedora|centos)\b/i, 'rhel'],
]

const named = (text: string | undefined): string[] =>
  text === undefined ? [] : words.filter(([pattern]) => pattern.test(text)).map(([, slug]) => slug)

/** Slugs of the platforms that fit, best first. What calls comes first when the client has to act, else what serves. */
export function fittingPlatforms(finding: Finding, report: Report): readonly string[] {
  const capture = finding.capture === undefined ? undefined : report.captures[finding.capture]
  const hop = named(capture?.hop)
  // s_client is a probe, not the program that fails; the other tools are.
  const probe = capture?.tool === 's_client' || capture?.tool === 'verify' || capture?.tool === 'x509'
  const tool = [...named(capture?.tool), ...(probe ? [] : named(capture?.toolLabel.split(',')[0]))]
  const product = finding.rule === 'product-default-certificate' ? named(finding.title) : []
  const special =
    finding.rule === 'cloudflare-origin' ? ['cloudflare'] : finding.rule === 'verification-misused' ? ['openssl'] : []
  const order = finding.owner === 'client' ? [...special, ...tool, ...hop] : [...special, ...product, ...hop, ...tool]
  return [...new Set(order)]
}
