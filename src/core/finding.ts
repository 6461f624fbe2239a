/**
 * The vocabulary that rules, verdicts, fixes and reports share. Part of the report contract
 * `weaklink.report/1`: names here travel in permalinks and scripts and are not renamed.
 */

/** What can explain the failure a user sees. A rule that can lead a verdict has the same slug. */
export type Cause =
  | 'missing-intermediate'
  | 'wrong-order'
  | 'extra-certificates'
  | 'interception-proxy'
  | 'cloudflare-origin'
  | 'private-ca'
  | 'self-signed-leaf'
  | 'product-default-certificate'
  | 'acme-staging'
  | 'hostname-mismatch'
  | 'missing-or-wrong-sni'
  | 'expired-leaf'
  | 'expired-issuer'
  | 'not-yet-valid'
  | 'stale-trust-store'
  | 'client-certificate-missing'
  | 'client-certificate-rejected'
  | 'weak-key-or-signature'
  | 'bad-signature'
  | 'ca-constraint-violation'
  | 'revoked'
  | 'not-tls'
  | 'connection-failed'
  | 'proxy-connect-failed'
  | 'protocol-mismatch'
  | 'wrong-clock'
  | 'revocation-unavailable'
  | 'verification-misused'
  | 'healthy'
  | 'undeterminable'

/** Every rule's slug: the causes, and the rules that inform but never lead a verdict. */
export type RuleSlug =
  | Cause
  | 'incomplete-capture'
  | 'root-included'
  | 'duplicate-certificates'
  | 'no-san'
  | 'wildcard-scope'
  | 'expires-soon'
  | 'long-validity'
  | 'secret-in-paste'
  | 'unreadable-input'
  | 'certificate-request'
  | 'work-limit-reached'
  | 'trust-differs-by-client'
  | 'gateway-answer'
  | 'client-certificate-requested'
  | 'client-certificate-fit'
  | 'unsafe-workaround'

export type Severity = 'error' | 'warning' | 'info'

/** `certain`: proven by the evidence shown. `likely`: best explanation. `hint`: worth a look. */
export type Confidence = 'certain' | 'likely' | 'hint'

/** Who must act. */
export type Owner = 'server-operator' | 'client' | 'proxy-team' | 'network-team' | 'ca' | 'reporter' | 'nobody'

/** `option`: the user set it. `capture`: the paste says when it was made. `now`: nothing told, so today. */
export type EvaluatedAtReason = 'option' | 'capture' | 'now'

export type VerdictStatus = 'broken' | 'at-risk' | 'healthy' | 'inconclusive'

/** A quoted place of the input that a finding rests on. Offsets as in {@link Span}. */
export interface Evidence {
  readonly document: number
  readonly start: number
  readonly end: number
  readonly quote: string
}

/** What a command or configuration is written in. */
export type FixLanguage =
  | 'shell'
  | 'powershell'
  | 'nginx'
  | 'haproxy'
  | 'apache'
  | 'xml'
  | 'yaml'
  | 'json'
  | 'ini'
  | 'java'
  | 'javascript'
  | 'python'
  | 'go'
  | 'csharp'

/** What a fix does. */
export type FixJob =
  | 'serve-chain'
  | 'replace-certificate'
  | 'trust-ca'
  | 'supply-intermediate'
  | 'client-certificate'
  | 'accept-client'
  | 'sni-name'
  | 'update-store'
  | 'protocol-version'
  | 'use-proxy'
  | 'keep-proxied'
  | 'set-clock'
  | 'verify-right'
  | 'advise'

/** `server`: where the connection ends. `gateway`: what connects to that server for others. `client`: the program or machine that calls. */
export type FixSide = 'server' | 'gateway' | 'client'

/** A part of the texts of a fix that only the reader can fill in; it stands there as `<NAME>`. */
export interface FixPlaceholder {
  readonly name: string
  /** What to put in its place, without a full stop. */
  readonly meaning: string
}

/** One way to repair, for one platform. */
export interface Fix {
  /** Platform slug, as `f5`, `kong`, `nginx`, `generic`. */
  readonly platform: string
  readonly title: string
  /** One sentence each, in order. */
  readonly steps: readonly string[]
  /** Command or configuration to copy, when there is one. */
  readonly command?: string
  /** What `command` is written in; absent: shell. */
  readonly language?: FixLanguage
  /** What `prepare`, `reload` and `verify` are typed into; absent: a POSIX shell. */
  readonly console?: 'powershell'
  /** Commands to run before `command`. */
  readonly prepare?: string
  /** Commands that make the change take effect. */
  readonly reload?: string
  /** One command that succeeds once the fix works. */
  readonly verify?: string
  /** What the change means for security, to be read before it is made. */
  readonly warning?: string
  /** It helps this client only; the cause stays. */
  readonly workaround?: true
  readonly job?: FixJob
  readonly side?: FixSide
  /** What is left to fill in, in order of appearance. */
  readonly placeholders?: readonly FixPlaceholder[]
  /** Product and version that the recipe is for, and the page that documents it. */
  readonly source?: { readonly product: string; readonly page: string }
  /** `tested`: run against real servers. `documented`: taken from the documentation and not run. */
  readonly evidence?: 'tested' | 'documented'
}

export interface Finding {
  /** Stable within a report. */
  readonly id: string
  readonly rule: RuleSlug
  readonly severity: Severity
  readonly confidence: Confidence
  /** One sentence, present tense, with the names in it. */
  readonly title: string
  /** Why this follows from the evidence, and what it means. Plain text; paragraphs parted by a blank line. */
  readonly explanation: string
  readonly owner: Owner
  /** Index into `Report.captures`; absent when it concerns the whole input. */
  readonly capture?: number
  /** SHA-256 of the certificate it is about. */
  readonly certificate?: string
  readonly evidence: readonly Evidence[]
  /** The one command that would settle what is not certain, or confirm the repair. */
  readonly nextCommand?: string
  readonly fixes: readonly Fix[]
  /** RFC sections, vendor documentation. */
  readonly references: readonly string[]
}

export interface Verdict {
  readonly status: VerdictStatus
  readonly cause: Cause
  /** One sentence that names the certificate and the hop. */
  readonly headline: string
  readonly owner: Owner
  readonly hop?: string
  /** `Finding.id` of the finding that leads. */
  readonly finding?: string
}
