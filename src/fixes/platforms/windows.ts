/** Windows: the stores of the computer, with PowerShell as administrator. */

import { trustFile } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { ps } from '../quote.ts'
import { trustSteps, trustWarning } from '../trust.ts'

const file = (facts: Facts): string => ps(trustFile(facts).file)

/** Windows checks the SHA-1 thumbprint itself; the SHA-256 is printed to compare. */
const fingerprint = (facts: Facts): string =>
  facts.job === 'supply-intermediate' && facts.missing.url !== undefined
    ? `Invoke-WebRequest -UseBasicParsing -Uri ${ps(facts.missing.url)} -OutFile ${file(facts)}\ncertutil -dump ${file(facts)}`
    : `$certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 (Resolve-Path ${file(facts)}).Path
$certificate.Subject
[System.BitConverter]::ToString([System.Security.Cryptography.SHA256]::Create().ComputeHash($certificate.RawData))`

/** Invoke-WebRequest uses the store of Windows, and fails when the certificate is refused. */
const request = ({ url }: Facts): string => `(Invoke-WebRequest -UseBasicParsing -Uri ${ps(url)}).StatusCode`

const importPage = 'https://learn.microsoft.com/en-us/powershell/module/pki/import-certificate'

export const windows: Platform = {
  slug: 'windows',
  name: 'Windows',
  group: 'stores',
  source: { product: 'Windows 10, 11, Server 2016 and later', page: importPage },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Add the CA to the trusted roots of the computer',
      steps: (facts) => [
        ...trustSteps(facts),
        'Run PowerShell as administrator. For a fleet use group policy: Public Key Policies, Trusted Root Certification Authorities.',
        'Java, Node.js, Python and Git with OpenSSL keep stores of their own.',
      ],
      prepare: fingerprint,
      command: (facts) => `Import-Certificate -FilePath ${file(facts)} -CertStoreLocation Cert:\\LocalMachine\\Root`,
      language: 'powershell',
      console: 'powershell',
      verify: request,
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['supply-intermediate'],
      side: 'client',
      title: 'Add the missing intermediate to the computer',
      steps: (facts) => [
        ...trustSteps(facts),
        'Put it into Intermediate Certification Authorities, never into the trusted roots.',
      ],
      prepare: fingerprint,
      command: (facts) => `Import-Certificate -FilePath ${file(facts)} -CertStoreLocation Cert:\\LocalMachine\\CA`,
      language: 'powershell',
      console: 'powershell',
      verify: request,
      warning: trustWarning,
      evidence: 'documented',
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate from the store of Windows',
      steps: [
        'Import the PKCS#12 file, with key and intermediates, into the store of the user that runs the program.',
        'A program chooses by the CA names that the server sends; the browser asks.',
      ],
      command: (facts) => `$password = Read-Host -AsSecureString 'Password of the file'
$imported = Import-PfxCertificate -FilePath ${ps(hole('CLIENT_P12_FILE'))} -CertStoreLocation Cert:\\CurrentUser\\My -Password $password
Invoke-WebRequest -UseBasicParsing -Uri ${ps(facts.url)} -Certificate $imported[0]`,
      language: 'powershell',
      console: 'powershell',
      verify: ({ url }) =>
        `(Invoke-WebRequest -UseBasicParsing -Uri ${ps(url)} -Certificate (Get-ChildItem Cert:\\CurrentUser\\My | Where-Object HasPrivateKey | Select-Object -Last 1)).StatusCode`,
      evidence: 'documented',
      source: {
        product: 'Windows 10 and later',
        page: 'https://learn.microsoft.com/en-us/powershell/module/pki/import-pfxcertificate',
      },
    },
    {
      jobs: ['update-store'],
      side: 'client',
      title: 'Let Windows fetch current roots',
      steps: [
        'Windows fetches roots when they are first needed, unless a policy or a missing connection to Windows Update prevents it.',
        'On a machine without that connection, fetch them elsewhere with the first command, copy the file, and import it with the second.',
      ],
      command:
        'certutil -generateSSTFromWU roots.sst\nGet-ChildItem roots.sst | Import-Certificate -CertStoreLocation Cert:\\LocalMachine\\Root',
      language: 'powershell',
      console: 'powershell',
      verify: request,
      evidence: 'documented',
      source: {
        product: 'Windows 10 and later',
        page: 'https://learn.microsoft.com/en-us/windows-server/identity/ad-cs/configure-trusted-roots-disallowed-certificates',
      },
    },
    {
      jobs: ['set-clock'],
      side: 'client',
      title: 'Set the clock',
      steps: ['Synchronise with the time source of the domain or of the configuration.'],
      command: 'w32tm /resync\nw32tm /query /status',
      language: 'powershell',
      console: 'powershell',
      verify: 'w32tm /query /status; (Get-Date).ToUniversalTime()',
      evidence: 'documented',
      source: {
        product: 'Windows 10 and later',
        page: 'https://learn.microsoft.com/en-us/windows-server/networking/windows-time-service/windows-time-service-tools-and-settings',
      },
    },
  ],
}
