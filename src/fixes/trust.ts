/** The words and checks that go with every advice to trust something: whose it is, how to confirm it, what it means. */
import { compareFingerprint, fetchMissing, missingFile, trustFile } from './commands.ts'
import type { Authority, Facts } from './facts.ts'
import { oneLine, sh } from './quote.ts'

/** `AB:CD:EF`, as tools print fingerprints. */
const pairs = (hex: string): string => (hex.toUpperCase().match(/../g) ?? []).join(':')

const named = ({ name, subject }: Authority): string =>
  subject === undefined || subject === name ? `"${oneLine(name)}"` : `"${oneLine(name)}" (${oneLine(subject)})`

/** Get it, confirm it; or, for an intermediate, fetch it. What a platform does with the file comes after. */
export function trustSteps(facts: Facts): string[] {
  const { anchor, job, rule, anchorWasServed } = facts
  if (job === 'supply-intermediate') return supplySteps(facts)
  const owner =
    rule === 'interception-proxy'
      ? 'the proxy team'
      : rule === 'self-signed-leaf'
        ? 'the operator of the server'
        : 'the owner of the CA'
  const what = rule === 'self-signed-leaf' ? 'certificate' : 'root certificate'
  const sent = anchorWasServed ? ' The server sent it in this capture, which alone proves nothing.' : ''
  const known =
    anchor.sha256 === undefined
      ? `Ask ${owner} for the SHA-256 fingerprint by another way (telephone, a ticket, an intranet page you know), and compare it with that of the file.`
      : `Compare its SHA-256 fingerprint with one that ${owner} tells by another way (telephone, a ticket, an intranet page you know). In this report it is ${pairs(anchor.sha256)}.${sent}`
  return [`Get the ${what} ${named(anchor)} from ${owner} and save it as ${anchor.file}, in PEM.`, known]
}

function supplySteps({ missing, isPublic }: Facts): string[] {
  const get =
    missing.url === undefined
      ? `Get the intermediate certificate ${named(missing)} from the CA, and save it as ${missing.file}.`
      : `Fetch the intermediate certificate ${named(missing)} as ${missing.file}, and check that the printed subject is that name.`
  return isPublic ? [get] : [get, 'If the root is in no public store either, add its certificate to the same file.']
}

/** Shell commands that confirm the CA, or fetch the intermediate. */
export function trustPrepare(facts: Facts): string {
  if (facts.job === 'supply-intermediate') {
    const fetched = fetchMissing(facts)
    return fetched.length > 0 ? fetched.join('\n') : `cp ${sh(missingFile(facts))} ${sh(facts.missing.file)}`
  }
  const { anchor } = facts
  return compareFingerprint(anchor) ?? `openssl x509 -in ${sh(anchor.file)} -noout -subject -fingerprint -sha256`
}

/** What it means. */
export function trustWarning({ job, rule, host }: Facts): string {
  if (job === 'supply-intermediate')
    return 'This helps this client only, and only until the intermediate changes. The server has to send it.'
  if (rule === 'interception-proxy')
    return `Whoever holds the key of this CA can read and change all traffic of a program that trusts it, that with ${host} included. Do it only when inspection is meant to be, and better ask for an exemption first.`
  if (rule === 'self-signed-leaf')
    return 'For test systems. Nobody vouches for this certificate, it cannot be revoked, and each replacement has to be trusted anew.'
  return 'Whatever this CA signs will be accepted, for any name. Trust it where it is needed and no further.'
}

/** The certificate file on this machine, as a word for a shell. */
export const trustWord = (facts: Facts): string => sh(trustFile(facts).file)
