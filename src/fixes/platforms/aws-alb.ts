/** AWS Application Load Balancer with certificates from ACM. */
import { clientCurlCheck, fetchMissing, gatherSteps, missingFile, opensslCheck } from '../commands.ts'
import type { Facts } from '../facts.ts'
import { hole } from '../placeholders.ts'
import type { Platform } from '../platform.ts'
import { sh } from '../quote.ts'

const product = 'Elastic Load Balancing v2 and ACM, API of 2026'
const acm = 'https://docs.aws.amazon.com/acm/latest/userguide/import-certificate.html'
const listener = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html'

const file = (name: string): string => sh(`fileb://${name}`)

const leafFile = ({ job }: Facts): string => (job === 'serve-chain' ? hole('SERVER_CERT_FILE') : hole('NEW_CERT_FILE'))
const chainFile = (facts: Facts): string =>
  facts.job === 'serve-chain' ? missingFile(facts) : hole('INTERMEDIATES_FILE')

export const awsAlb: Platform = {
  slug: 'aws-alb',
  name: 'AWS ALB, ACM',
  group: 'servers',
  source: { product, page: acm },
  recipes: [
    {
      jobs: ['serve-chain', 'replace-certificate'],
      side: 'server',
      title: (facts) =>
        facts.job === 'serve-chain'
          ? 'Import the certificate again, with its chain'
          : 'Import the certificate into ACM',
      steps: (facts) => [
        ...(facts.job === 'serve-chain' ? gatherSteps(facts).slice(0, 1) : gatherSteps(facts).slice(0, -1)),
        'ACM takes leaf and intermediates in two files. With --certificate-arn it replaces the certificate in place, and the load balancer needs nothing more.',
        'Console: Certificate Manager, the certificate, Reimport. A certificate that ACM issued itself always has its chain, and renews by itself.',
      ],
      prepare: (facts) => (facts.job === 'serve-chain' ? fetchMissing(facts).join('\n') : ''),
      command: (facts) =>
        `aws acm import-certificate --certificate-arn ${sh(hole('CERTIFICATE_ARN'))} --certificate ${file(leafFile(facts))} --private-key ${file(hole('SERVER_KEY_FILE'))} --certificate-chain ${file(chainFile(facts))}`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
    },
    {
      jobs: ['sni-name'],
      side: 'server',
      title: 'Give the listener the certificate of this name',
      steps: [
        'Add the certificate to the HTTPS listener; it chooses by SNI among its certificates, and the default one answers the rest.',
        'Console: EC2, Load Balancers, the load balancer, Listeners, HTTPS, Certificates, Add certificate.',
      ],
      command: `aws elbv2 add-listener-certificates --listener-arn ${sh(hole('LISTENER_ARN'))} --certificates ${sh(`CertificateArn=${hole('CERTIFICATE_ARN')}`)}`,
      verify: (facts) => opensslCheck(facts),
      evidence: 'documented',
      source: { product, page: listener },
    },
    {
      jobs: ['accept-client'],
      side: 'server',
      title: 'Let the load balancer accept these client certificates',
      steps: [
        'Put the CAs of the clients into one PEM file in S3, make a trust store of it, and set the listener to verify.',
        'After a change of the file: aws elbv2 modify-trust-store, with the same bucket and key.',
      ],
      prepare: `aws s3 cp ${sh(hole('CLIENT_CA_FILE'))} ${sh(`s3://${hole('BUCKET')}/client-ca.pem`)}
aws elbv2 create-trust-store --name client-ca --ca-certificates-bundle-s3-bucket ${sh(hole('BUCKET'))} --ca-certificates-bundle-s3-key client-ca.pem --query 'TrustStores[0].TrustStoreArn' --output text`,
      command: `aws elbv2 modify-listener --listener-arn ${sh(hole('LISTENER_ARN'))} --mutual-authentication ${sh(`Mode=verify,TrustStoreArn=${hole('TRUST_STORE_ARN')}`)}`,
      verify: clientCurlCheck,
      evidence: 'documented',
      source: {
        product,
        page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html',
      },
    },
    {
      jobs: ['protocol-version'],
      side: 'server',
      title: 'Choose a security policy with TLS 1.2 and 1.3',
      steps: [
        'The policy of the listener decides on versions and cipher suites. Console: the HTTPS listener, Security, Edit.',
      ],
      command: `aws elbv2 modify-listener --listener-arn ${sh(hole('LISTENER_ARN'))} --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06`,
      verify: (facts) => opensslCheck(facts, ' -tls1_2'),
      evidence: 'documented',
      source: {
        product,
        page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html',
      },
    },
  ],
}
