#!/bin/sh
# Makes pki.ts: certificates of an invented PKI for the tests of reading. Keys are made, used and deleted here.
# Usage: sh src/input/testing/make-pki.sh   (needs the openssl command line, 1.1.1 or later)
set -eu
out=$(cd "$(dirname "$0")" && pwd)/pki.ts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# make NAME SUBJECT ISSUER DAYS EXTENSIONS: a certificate with a fresh P-256 key; ISSUER "-" for a self-signed one.
make() {
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  openssl req -new -utf8 -key "$1.key" -subj "$2" -out "$1.csr"
  printf '%s\n' "$5" >"$1.ext"
  if [ "$3" = - ]; then signer="-signkey $1.key"; else signer="-CA $3.pem -CAkey $3.key"; fi
  # shellcheck disable=SC2086
  openssl x509 -req -in "$1.csr" $signer -set_serial "0x$(openssl rand -hex 15)" -days "$4" -sha256 -extfile "$1.ext" -out "$1.pem" 2>/dev/null
}

ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash'
leaf='basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:shop.harbour.example,DNS:*.harbour.example
authorityKeyIdentifier=keyid
subjectKeyIdentifier=hash'

make root '/C=NL/O=Harbour Trust, N.V./CN=Harbour Root R1' - 7300 "$ca"
make issuing '/C=NL/O=Harbour Trust, N.V./CN=Harbour TLS CA 2' root 3650 "$ca
authorityKeyIdentifier=keyid"
make responder '/C=NL/O=Harbour Trust, N.V./CN=Harbour OCSP Responder' issuing 365 'extendedKeyUsage=OCSPSigning'
# The leaf is one whose base64 has a line that begins and a line that ends with "+", which is where careless cleaning of
# source code breaks it.
while :; do
  make leaf '/C=NL/O=Quay Shop/CN=shop.harbour.example' issuing 365 "$leaf"
  if grep -q '^+' leaf.pem && grep -q '+$' leaf.pem; then break; fi
done
openssl x509 -in root.pem -trustout -addtrust serverAuth -setalias harbour -out trusted.pem
openssl ec -in leaf.key -pubout -out public.pem 2>/dev/null
: >index.txt
printf '01\n' >crlnumber
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=30\n' >ca.cnf
openssl ca -config ca.cnf -gencrl -cert issuing.pem -keyfile issuing.key -out crl.pem 2>/dev/null
openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile issuing.pem -out pkcs7.pem

constant() {
  printf '\nexport const %s = `' "$1"
  cat "$2"
  printf '`\n'
}
{
  printf '/** Certificates of an invented PKI. Made by make-pki.sh; do not edit. */\n'
  constant rootPem root.pem
  constant issuingPem issuing.pem
  constant leafPem leaf.pem
  constant responderPem responder.pem
  constant trustedPem trusted.pem
  constant requestPem leaf.csr
  constant publicKeyPem public.pem
  constant crlPem crl.pem
  constant pkcs7Pem pkcs7.pem
} >"$out"
