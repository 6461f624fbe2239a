/** IIS: certificates in the stores of the computer, bindings per site. PowerShell as administrator. */
import { gatherSteps } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { ps } from '../quote.ts'

const product = 'IIS 10'
const binding = 'https://learn.microsoft.com/en-us/powershell/module/iisadministration/new-iissitebinding'
const importPage = 'https://learn.microsoft.com/en-us/powershell/module/pki/import-certificate'

const request = ({ url }: Facts): string => `(Invoke-WebRequest -UseBasicParsing -Uri ${ps(url)}).StatusCode`

const bind = ({ host, port }: Facts): string =>
  `New-IISSiteBinding -Name ${ps(hole('SITE'))} -BindingInformation ${ps(`*:${port}:${host}`)} -Protocol https -CertificateThumbPrint ${ps(hole('THUMBPRINT'))} -CertStoreLocation 'Cert:\\LocalMachine\\My' -SslFlag 'Sni'`

const install = `$password = Read-Host -AsSecureString 'Password of the file'
Import-PfxCertificate -FilePath ${ps(hole('PFX_FILE'))} -CertStoreLocation Cert:\\LocalMachine\\My -Password $password`

export const iis: Platform = {
  slug: 'iis',
  name: 'IIS',
  group: 'servers',
  source: { product, page: binding },
  recipes: [
    {
      jobs: ['serve-chain'],
      side: 'server',
      title: 'Let IIS send the full chain',
      steps: (facts) => [
        ...gatherSteps(facts).slice(0, 1),
        'IIS builds the chain from the stores of the computer: import the intermediate into Intermediate Certification Authorities, never into the trusted roots.',
        'Renew the binding, or restart the service, so that the chain is built anew.',
      ],
      prepare: (facts) =>
        facts.missing.url === undefined
          ? ''
          : `Invoke-WebRequest -UseBasicParsing -Uri ${ps(facts.missing.url)} -OutFile ${ps(facts.missing.file)}`,
      command: (facts) =>
        `Import-Certificate -FilePath ${ps(facts.missing.url === undefined ? hole('INTERMEDIATE_FILE') : facts.missing.file)} -CertStoreLocation Cert:\\LocalMachine\\CA`,
      language: 'powershell',
      console: 'powershell',
      reload: 'iisreset /noforce',
      verify: request,
      evidence: 'documented',
      source: { product, page: importPage },
    },
    {
      jobs: ['replace-certificate'],
      side: 'server',
      title: 'Install the certificate in IIS',
      steps: (facts) => [
        ...gatherSteps(facts).slice(0, 1),
        'Import the PFX file with certificate, intermediates and key, and bind it to the name; the import prints the thumbprint.',
        'A binding that is there already has to be removed first with Remove-IISSiteBinding.',
        'By hand: IIS Manager, the site, Bindings, https, Edit, SSL certificate.',
      ],
      prepare: install,
      command: bind,
      language: 'powershell',
      console: 'powershell',
      verify: request,
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Answer this name with its own certificate',
      steps: [
        'Bind the certificate to the name, with SNI required; a binding without a host name answers everybody else.',
      ],
      command: bind,
      language: 'powershell',
      console: 'powershell',
      verify: request,
      evidence: 'documented',
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let IIS accept client certificates',
      steps: [
        'By hand: IIS Manager, the site, SSL Settings, Require SSL, Client certificates: Require.',
        'The root of the client certificates has to be in the trusted roots of the computer, the intermediates in Intermediate Certification Authorities.',
        'With TLS 1.3 the certificate has to be asked for in the handshake: set it at the binding of HTTP.sys.',
      ],
      command: ({ host, port }) =>
        `netsh http add sslcert hostnameport=${ps(`${host}:${port}`)} certhash=${ps(hole('THUMBPRINT'))} appid=${ps(hole('APP_ID'))} certstorename=MY clientcertnegotiation=enable`,
      language: 'powershell',
      console: 'powershell',
      verify: ({ host, port }) => `netsh http show sslcert hostnameport=${ps(`${host}:${port}`)}`,
      evidence: 'documented',
      source: {
        product,
        page: 'https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/netsh-http',
      },
    },
  ],
}
