#!/bin/sh
# Makes helpers/certificates.ts: authorities and certificates with invented names, for the tests of the rules. Keys stay in a
# temporary directory that is deleted. Every run makes other keys, so commit its result only when something is added.
# Usage: src/rules/testing/make-certificates.sh (needs OpenSSL 3)
set -eu

out=$(cd "$(dirname "$0")/helpers" && pwd)/certificates.ts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >ca.cnf <<'CONF'
[ca]
default_ca = any
[any]
database = index.txt
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = all
unique_subject = no
[all]
countryName = optional
organizationName = optional
organizationalUnitName = optional
domainComponent = optional
commonName = optional
CONF
: >index.txt
{
  echo '/** Certificates of invented authorities. Made by make-certificates.sh; names say what is special about each. */'
  echo 'export const certificates = {'
} >certificates.ts

# Extensions by kind of certificate.
root='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash'
issuing="$root
authorityKeyIdentifier=keyid"
server='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
self='keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash'

# Validity of CA certificates and of leaves; a variable replaces it for one certificate.
ca_period='20260101000000Z 20360101000000Z'
leaf_period='20260901000000Z 20270901000000Z'

new_key() {
  case $2 in
    rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa}" -out "$1.key" ;;
    *) openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" ;;
  esac
}

# certificate NAME ISSUER SUBJECT EXTENSIONS [PERIOD] [KEY] [DIGEST]: NAME is also the property of certificates.ts.
# ISSUER is NAME itself for a self-signed one. KEY: `rsa1024` and the like, or the name of a certificate whose key is taken.
certificate() {
  period=${5:-$leaf_period} key=${6:-ec} digest=${7:-sha256}
  if [ -f "$key.key" ]; then cp "$key.key" "$1.key"; else new_key "$1" "$key"; fi
  printf '[req]\ndistinguished_name=dn\n[dn]\n' >req.cnf
  printf '%s\n' "$4" >ext.cnf
  openssl req -new -config req.cnf -key "$1.key" -subj "$3" -out "$1.csr"
  if [ "$1" = "$2" ]; then how="-selfsign -keyfile $1.key"; else how="-cert $2.pem -keyfile $2.key"; fi
  # shellcheck disable=SC2086
  openssl ca -batch -config ca.cnf -extfile ext.cnf -preserveDN -notext -md "$digest" \
    -startdate "${period% *}" -enddate "${period#* }" $how -in "$1.csr" -out "$1.pem" 2>log || { cat log; exit 1; }
  printf '  %s: `%s\n`,\n' "$1" "$(cat "$1.pem")" >>certificates.ts
}

names() { printf '%s\nsubjectAltName=%s' "$1" "$2"; }
shop='DNS:shop.example,DNS:www.shop.example'
retail='/C=GB/O=Example Retail'

# A usual private PKI: root, issuing CA, server.
certificate root root "$retail/CN=Example Retail Root CA" "$root" "$ca_period"
certificate issuing root "$retail/CN=Example Retail Issuing CA 2" "$issuing" "$ca_period"
certificate shop issuing "$retail/CN=shop.example" "$(names "$server" "$shop")
authorityInfoAccess=caIssuers;URI:http://pki.retail.example/issuing-ca-2.crt"
certificate otherSite issuing "$retail/CN=stock.example" "$(names "$server" 'DNS:stock.example,DNS:*.stock.example')"
certificate noNames issuing "$retail/CN=shop.example" "$server"
certificate expiredShop issuing "$retail/CN=shop.example" "$(names "$server" "$shop")" '20250901000000Z 20260901000000Z'
certificate earlyShop issuing "$retail/CN=shop.example" "$(names "$server" "$shop")" '20270101000000Z 20280101000000Z'
certificate soonShop issuing "$retail/CN=shop.example" "$(names "$server" "$shop")" '20260901000000Z 20261210000000Z'
certificate client issuing "$retail/CN=till 17" 'keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
authorityKeyIdentifier=keyid'

# Names with odd wildcards, and a validity that is longer than Apple allows.
certificate wildcards issuing "$retail/CN=shop.example" "$(names "$server" 'DNS:shop.example,DNS:*.co.uk,DNS:f*.shop.example')"
certificate hosted issuing "$retail/CN=shop.example" "$(names "$server" 'DNS:*.github.io')"
certificate longShop issuing "$retail/CN=shop.example" "$(names "$server" "$shop")" '20260901000000Z 20290101000000Z'

# Three tiers.
certificate policy root "$retail/CN=Example Retail Policy CA" "$issuing" "$ca_period"
certificate tlsCa policy "$retail/CN=Example Retail Web Authority" "$issuing" "$ca_period"
certificate threeTier tlsCa "$retail/CN=shop.example" "$(names "$server" "$shop")"

# One tier, under a name that does not tell what the CA is; and that of a directory service.
certificate plainCa plainCa '/O=Example Works/CN=Example Works Authority' "$root" "$ca_period"
certificate singleTier plainCa '/O=Example Works/CN=shop.example' "$(names "$server" "$shop")
authorityInfoAccess=caIssuers;URI:http://pki.works.example/authority.crt"
certificate clusterCa clusterCa '/CN=Consul Agent CA 1234567890' "$root" "$ca_period"
certificate clusterLeaf clusterCa '/CN=shop.example' "$(names "$server" "$shop")"

# Issuing CAs that are out of date, reissued with the same key, or of the same name with another key.
certificate lapsed root "$retail/CN=Example Retail Issuing CA 1" "$issuing" '20240101000000Z 20261101000000Z'
certificate renewed root "$retail/CN=Example Retail Issuing CA 1" "$issuing" "$ca_period" lapsed
certificate underLapsed lapsed "$retail/CN=shop.example" "$(names "$server" "$shop")"
certificate namesake root "$retail/CN=Example Retail Issuing CA 2" "$issuing" "$ca_period"
certificate legacy legacy '/C=GB/O=Example Legacy/CN=Example Legacy Root CA' "$root" '20100101000000Z 20261001000000Z'
certificate crossRoot legacy "$retail/CN=Example Retail Root CA" "$issuing" '20200101000000Z 20261001000000Z' root

# Limits of CAs, and issuers that are none.
certificate constrained root "$retail/CN=Example Retail Depot CA" "$issuing
nameConstraints=critical,permitted;DNS:depot.example" "$ca_period"
certificate outside constrained "$retail/CN=shop.example" "$(names "$server" "$shop")"
certificate byShop shop "$retail/CN=www.shop.example" "$(names "$server" "$shop")"
certificate weakKey issuing "$retail/CN=shop.example" "$(names "$server" "$shop")" '' rsa1024

# Certificates that name themselves as issuer.
certificate selfSigned selfSigned '/CN=shop.example' "$(names "$self" "$shop")"
certificate selfSignedCa selfSignedCa '/CN=shop.example' "$(names "$root" "$shop")"
certificate selfIssuer selfIssuer '/CN=shop.example' "$root"
certificate selfIssued selfIssuer '/CN=shop.example' "$(names "$server" "$shop")"

# Names of public CAs, with keys of our own. Key ids begin with those of the real ones.
certificate isrgX1 isrgX1 "/C=US/O=Internet Security Research Group/CN=ISRG Root X1" 'basicConstraints=critical,CA:TRUE
subjectKeyIdentifier=79:b4:59:e6:7b:b6:e5:e4:01:73:80:08:88:c8:1a:58:f6:e9:9b:6e' "$ca_period"
certificate r12 isrgX1 "/C=US/O=Let's Encrypt/CN=R12" 'basicConstraints=critical,CA:TRUE
subjectKeyIdentifier=00:b5:29:f2:2d:8e:6f:31:e8:9b:4c:ad:78:3e:fa:dc:e9:0c:d1:d2
authorityKeyIdentifier=keyid' "$ca_period"
certificate publicShop r12 '/CN=shop.example' "$(names "$server" "$shop")
authorityInfoAccess=caIssuers;URI:http://r12.i.lencr.org/"
# To the second as long as the rules of 2026 allow.
certificate publicLimit r12 '/CN=shop.example' "$(names "$server" "$shop")" '20260901000000Z 20270319235959Z'
certificate newerCa isrgX1 "/C=US/O=Let's Encrypt/CN=R99" "$issuing" "$ca_period"
certificate newerShop newerCa '/CN=shop.example' "$(names "$server" "$shop")"
certificate newerRoot newerRoot "/C=US/O=Let's Encrypt/CN=Root YZ9" "$root" "$ca_period"
certificate underNewerRoot newerRoot "/C=US/O=Let's Encrypt/CN=YZ1" "$issuing" "$ca_period"
certificate newestShop underNewerRoot '/CN=shop.example' "$(names "$server" "$shop")"

# Issuers that a name gives away.
certificate zscalerRoot zscalerRoot '/C=US/O=Zscaler Inc./OU=Zscaler Inc./CN=Zscaler Root CA' "$root" "$ca_period"
certificate zscaler zscalerRoot '/C=US/O=Zscaler Inc./OU=Zscaler Inc./CN=Zscaler Intermediate Root CA (zscaler.net)' "$issuing" "$ca_period"
certificate resigned zscaler '/O=Zscaler Inc./CN=shop.example' "$(names "$server" "$shop")"
certificate inspection inspection '/O=Example Corp/CN=Example Corp SSL Inspection CA' "$root" "$ca_period"
certificate inspected inspection '/CN=api.partner.com' "$(names "$server" 'DNS:api.partner.com')"
certificate corporate corporate '/O=Example Corp/CN=Example Corp Root CA' "$root" "$ca_period"
certificate partner corporate '/CN=api.partner.com' "$(names "$server" 'DNS:api.partner.com')"
certificate originCa originCa '/C=US/O=CloudFlare, Inc./OU=CloudFlare Origin SSL Certificate Authority' "$root" "$ca_period"
certificate origin originCa '/O=CloudFlare, Inc./OU=CloudFlare Origin CA/CN=CloudFlare Origin Certificate' "$(names "$server" "$shop")"
certificate stagingCa stagingCa "/C=US/O=(STAGING) Let's Encrypt/CN=(STAGING) Riddling Rhubarb R12" "$root" "$ca_period"
certificate staging stagingCa '/CN=shop.example' "$(names "$server" "$shop")"
certificate ingressFake ingressFake '/O=Acme Co/CN=Kubernetes Ingress Controller Fake Certificate' "$(names "$self" 'DNS:ingress.local')"
certificate azureRoot azureRoot '/C=US/O=Microsoft Corporation/CN=Microsoft RSA TLS Root 99' "$root" "$ca_period"
certificate azureCa azureRoot '/C=US/O=Microsoft Corporation/CN=Microsoft Azure RSA TLS Issuing CA 99' "$issuing" "$ca_period"
certificate azureDefault azureCa '/C=US/O=Microsoft Corporation/CN=*.azurewebsites.net' "$(names "$server" 'DNS:*.azurewebsites.net')"

printf '} as const\n\nexport type CertificateName = keyof typeof certificates\n' >>certificates.ts
mv certificates.ts "$out"
echo "$(grep -c BEGIN "$out") certificates"
