#!/bin/sh
# Makes the example captures of the page: throw-away authorities and certificates, a real `openssl s_server` on
# loopback, and what a real `openssl s_client` prints. Keys never leave the temporary directory.
# Usage: scripts/make-examples.sh (needs OpenSSL 3.0 and GNU stdbuf, so that the two streams mix as on a terminal)
set -eu

out=$(cd "$(dirname "$0")/../src/ui/examples" && pwd)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || :; rm -rf "$work"' EXIT
cd "$work"

starts=20261101000000Z
ends=20281101000000Z
port=18443

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
stateOrProvinceName = optional
localityName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:1
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $ENV::SAN
authorityInfoAccess = $ENV::AIA
CONF
: >index.txt

# certificate FILE ISSUER PROFILE SUBJECT; the issuer of a root is itself.
certificate() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" \
    -subj "$4" -config /dev/null 2>/dev/null
  if [ "$1" = "$2" ]; then how="-selfsign -keyfile $1.key"; else how="-cert $2.pem -keyfile $2.key"; fi
  # shellcheck disable=SC2086
  openssl ca -batch -config ca.cnf -extensions "$3" -preserveDN -notext -startdate $starts -enddate $ends \
    $how -in "$1.csr" -out "$1.pem" 2>/dev/null
}

# capture NAME "COMMENT" "COMMAND AS SHOWN" LEAF CHAIN ARGUMENT...: serves LEAF and CHAIN (a file, or "none"), connects
# with the arguments, and writes what s_client printed as a module.
capture() {
  name=$1 comment=$2 shown=$3 leaf=$4 chain=$5
  shift 5
  if [ "$chain" = none ]; then set -- -- "$@"; else set -- -cert_chain "$chain" -- "$@"; fi
  serve="-accept 127.0.0.1:$port -cert $leaf.pem -key $leaf.key -num_tickets 0 -www"
  if [ "$1" = -cert_chain ]; then serve="$serve -cert_chain $2"; shift 2; fi
  shift
  # shellcheck disable=SC2086
  openssl s_server $serve </dev/null >/dev/null 2>&1 &
  server=$!
  sleep 1
  (stdbuf -oL openssl s_client -connect "127.0.0.1:$port" "$@" </dev/null || :) >printed.txt 2>&1
  kill $server 2>/dev/null || :
  wait $server 2>/dev/null || :
  {
    printf '/** %s Made by scripts/make-examples.sh. */\n' "$comment"
    printf 'export const text = `$ %s\n' "$shown"
    sed 's/[\\`]/\\&/g; s/\${/\\${/g' printed.txt
    printf '`\n'
  } >"$out/$name.ts"
}

export SAN=DNS:unused AIA='caIssuers;URI:http://pki.retail.example/issuing-ca-2.crt'
retail='/C=GB/O=Example Retail'
certificate root root root "$retail/CN=Example Retail Root CA"
certificate issuing root issuing "$retail/CN=Example Retail Issuing CA 2"

SAN='DNS:api.retail.example'
certificate api issuing leaf "$retail/CN=api.retail.example"
capture missing-intermediate 'A load balancer that sends its own certificate and nothing else.' \
  'openssl s_client -connect 10.20.0.15:443 -servername api.retail.example -showcerts </dev/null' \
  api none -servername api.retail.example -showcerts

SAN='DNS:*.shop.retail.example,DNS:shop.retail.example'
certificate shop issuing leaf "$retail/CN=shop.retail.example"
cp root.pem retail-root.pem
host=orders.retail.example
capture wrong-name 'A complete chain whose certificate is for other hosts than the one asked for.' \
  "openssl s_client -connect $host:8443 -servername $host -verify_hostname $host -CAfile retail-root.pem -showcerts </dev/null" \
  shop issuing.pem -servername $host -verify_hostname $host -CAfile retail-root.pem -showcerts

vendor='/C=US/ST=California/O=Zscaler Inc./OU=Zscaler Inc.'
certificate zroot zroot root "$vendor/CN=Zscaler Root CA"
certificate zcloud zroot root "$vendor/CN=Zscaler Intermediate Root CA (zscaler.net)"
certificate znode zcloud issuing "$vendor/CN=Zscaler Intermediate Root CA (zscaler.net) (t) "
SAN='DNS:api.payments.example' AIA='caIssuers;URI:http://gateway.zscaler.net/node.crt'
certificate pay znode leaf '/O=Zscaler Inc./OU=Zscaler Inc./CN=api.payments.example'
cat znode.pem zcloud.pem >zchain.pem
capture intercepted 'A company proxy that answers in the place of the server, with certificates of our own making.' \
  'openssl s_client -proxy proxy.corp.example:8080 -connect api.payments.example:443 -servername api.payments.example -showcerts </dev/null' \
  pay zchain.pem -servername api.payments.example -showcerts
