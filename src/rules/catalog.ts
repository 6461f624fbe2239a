/** Every rule, once. Adding a rule means adding its file and a line here. */

import { badSignature } from './chain/bad-signature.ts'
import { caConstraintViolation } from './chain/ca-constraint-violation.ts'
import { duplicateCertificates } from './chain/duplicate-certificates.ts'
import { expiredIssuer } from './chain/expired-issuer.ts'
import { expiredLeaf } from './chain/expired-leaf.ts'
import { extraCertificates } from './chain/extra-certificates.ts'
import { missingIntermediate } from './chain/missing-intermediate.ts'
import { notYetValid } from './chain/not-yet-valid.ts'
import { revocationUnavailable } from './chain/revocation-unavailable.ts'
import { revoked } from './chain/revoked.ts'
import { rootIncluded } from './chain/root-included.ts'
import { weakKeyOrSignature } from './chain/weak-key-or-signature.ts'
import { wrongOrder } from './chain/wrong-order.ts'
import { healthy } from './conclusion/healthy.ts'
import { undeterminable } from './conclusion/undeterminable.ts'
import { connectionFailed } from './connection/connection-failed.ts'
import { notTls } from './connection/not-tls.ts'
import { protocolMismatch } from './connection/protocol-mismatch.ts'
import { proxyConnectFailed } from './connection/proxy-connect-failed.ts'
import { wrongClock } from './connection/wrong-clock.ts'
import type { CaptureRule, ConclusionRule, InputRule, Rule } from './contract.ts'
import { gatewayAnswer } from './gateway/gateway-answer.ts'
import { certificateRequest } from './hygiene/certificate-request.ts'
import { expiresSoon } from './hygiene/expires-soon.ts'
import { incompleteCapture } from './hygiene/incomplete-capture.ts'
import { longValidity } from './hygiene/long-validity.ts'
import { secretInPaste } from './hygiene/secret-in-paste.ts'
import { unreadableInput } from './hygiene/unreadable-input.ts'
import { unsafeWorkaround } from './hygiene/unsafe-workaround.ts'
import { workLimitReached } from './hygiene/work-limit-reached.ts'
import { hostnameMismatch } from './identity/hostname-mismatch.ts'
import { missingOrWrongSni } from './identity/missing-or-wrong-sni.ts'
import { noSan } from './identity/no-san.ts'
import { wildcardScope } from './identity/wildcard-scope.ts'
import { clientCertificateFit } from './mtls/client-certificate-fit.ts'
import { clientCertificateMissing } from './mtls/client-certificate-missing.ts'
import { clientCertificateRejected } from './mtls/client-certificate-rejected.ts'
import { clientCertificateRequested } from './mtls/client-certificate-requested.ts'
import { acmeStaging } from './trust/acme-staging.ts'
import { cloudflareOrigin } from './trust/cloudflare-origin.ts'
import { interceptionProxy } from './trust/interception-proxy.ts'
import { privateCa } from './trust/private-ca.ts'
import { productDefaultCertificate } from './trust/product-default-certificate.ts'
import { selfSignedLeaf } from './trust/self-signed-leaf.ts'
import { staleTrustStore } from './trust/stale-trust-store.ts'
import { trustDiffersByClient } from './trust/trust-differs-by-client.ts'
import { verificationMisused } from './trust/verification-misused.ts'

/**
 * Rules that judge a capture. The order is that in which causes lead when nothing else decides: what makes all other
 * findings moot comes first (no connection, another certificate than the server's), then the most specific.
 */
export const captureRules: readonly CaptureRule[] = [
  proxyConnectFailed,
  notTls,
  connectionFailed,
  protocolMismatch,
  clientCertificateMissing,
  clientCertificateRejected,
  cloudflareOrigin,
  interceptionProxy,
  acmeStaging,
  missingOrWrongSni,
  productDefaultCertificate,
  selfSignedLeaf,
  wrongClock,
  expiredLeaf,
  notYetValid,
  expiredIssuer,
  revoked,
  badSignature,
  caConstraintViolation,
  weakKeyOrSignature,
  missingIntermediate,
  verificationMisused,
  staleTrustStore,
  privateCa,
  hostnameMismatch,
  revocationUnavailable,
  wrongOrder,
  extraCertificates,
  duplicateCertificates,
  noSan,
  wildcardScope,
  clientCertificateFit,
  clientCertificateRequested,
  trustDiffersByClient,
  expiresSoon,
  longValidity,
  rootIncluded,
  incompleteCapture,
  gatewayAnswer,
  workLimitReached,
]

export const inputRules: readonly InputRule[] = [secretInPaste, certificateRequest, unreadableInput, unsafeWorkaround]

/** Run last, over what the others found. */
export const conclusionRules: readonly ConclusionRule[] = [healthy, undeterminable]

export const allRules: readonly Rule[] = [...captureRules, ...inputRules, ...conclusionRules]
