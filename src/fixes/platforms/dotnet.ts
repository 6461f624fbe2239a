/** .NET: the store of the operating system, or a chain policy of its own. */
import { clientCurlCheck, curlCheck, trustFile } from '../commands.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { text } from '../quote.ts'
import { trustPrepare, trustSteps, trustWarning } from '../trust.ts'

export const dotnet: Platform = {
  slug: 'dotnet',
  name: '.NET',
  group: 'clients',
  source: {
    product: '.NET 8',
    page: 'https://learn.microsoft.com/en-us/dotnet/standard/security/cross-platform-cryptography#x509store',
  },
  recipes: [
    {
      jobs: ['trust-ca'],
      side: 'client',
      title: 'Give one .NET client the CA',
      steps: (facts) => [
        ...trustSteps(facts),
        'Without code: add the certificate to the store of the operating system, as the recipes for Debian, RHEL, Alpine, Windows and macOS show; a running process on Linux sees it within minutes.',
        'In code (.NET 7 and later): a policy with custom roots takes the place of the roots of the system for this client. The name is still checked.',
      ],
      prepare: trustPrepare,
      command: (facts) => `using System.Security.Cryptography.X509Certificates;

var policy = new X509ChainPolicy
{
    TrustMode = X509ChainTrustMode.CustomRootTrust,
    RevocationMode = X509RevocationMode.NoCheck, // as HttpClient does by default; a private CA often publishes no CRL
};
policy.CustomTrustStore.ImportFromPemFile(${text(trustFile(facts).file)});
var handler = new SocketsHttpHandler();
handler.SslOptions.CertificateChainPolicy = policy;
using var client = new HttpClient(handler);
Console.WriteLine((int)(await client.GetAsync(${text(facts.url)})).StatusCode);`,
      language: 'csharp',
      verify: (facts) => curlCheck(facts),
      warning: trustWarning,
      evidence: 'documented',
      source: {
        product: '.NET 8',
        page: 'https://learn.microsoft.com/en-us/dotnet/api/system.net.security.sslclientauthenticationoptions.certificatechainpolicy',
      },
    },
    {
      jobs: ['client-certificate'],
      side: 'client',
      title: 'Present a client certificate from .NET',
      steps: [
        'Load the certificate together with its key, and give it to the handler.',
        'On Windows load a PKCS#12 file instead: keys read from PEM cannot be used for TLS there.',
      ],
      command: ({ url }) => `using System.Security.Cryptography.X509Certificates;

var handler = new HttpClientHandler();
handler.ClientCertificates.Add(X509Certificate2.CreateFromPemFile(
    ${text(hole('CLIENT_CERT_FILE'))}, ${text(hole('CLIENT_KEY_FILE'))}));
using var client = new HttpClient(handler);
Console.WriteLine((int)(await client.GetAsync(${text(url)})).StatusCode);`,
      language: 'csharp',
      verify: clientCurlCheck,
      evidence: 'documented',
      source: {
        product: '.NET 8',
        page: 'https://learn.microsoft.com/en-us/dotnet/api/system.net.http.httpclienthandler.clientcertificates',
      },
    },
  ],
}
