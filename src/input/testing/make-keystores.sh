#!/bin/sh
# Makes keystores.ts: key stores of an invented PKI as real tools write them, for the tests of reading files. The keys are
# made here for these files alone and protect nothing.
# Usage: sh src/input/testing/make-keystores.sh   (needs openssl 3 with its legacy provider, and the keytool of a JDK)
set -eu
out=$(cd "$(dirname "$0")" && pwd)/keystores.ts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# make NAME SUBJECT ISSUER DAYS EXTENSIONS: a certificate with a fresh P-256 key; ISSUER "-" for a self-signed one.
make() {
  openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.key"
  openssl req -new -utf8 -key "$1.key" -subj "$2" -out "$1.csr"
  printf '%s\n' "$5" >"$1.ext"
  if [ "$3" = - ]; then signer="-signkey $1.key"; else signer="-CA $3.pem -CAkey $3.key"; fi
  # shellcheck disable=SC2086
  openssl x509 -req -in "$1.csr" $signer -set_serial "0x$(openssl rand -hex 15)" -days "$4" -sha256 -extfile "$1.ext" -out "$1.pem" 2>/dev/null
}

ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
leaf() {
  printf 'basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:%s\nauthorityKeyIdentifier=keyid' "$1"
}
make root '/O=Boatyard/CN=Boatyard Root R1' - 7300 "$ca"
make issuing '/O=Boatyard/CN=Boatyard TLS CA 1' root 3650 "$ca"
make slip '/O=Boatyard/CN=slip.boatyard.example' issuing 365 "$(leaf slip.boatyard.example)"
make crane '/O=Boatyard/CN=crane.boatyard.example' issuing 365 "$(leaf crane.boatyard.example)"
cat issuing.pem root.pem >chain.pem

export_p12() { file=$1; shift; openssl pkcs12 -export -inkey slip.key -in slip.pem -out "$file" "$@"; }
export_p12 modern.p12 -certfile chain.pem -name 'Slipway "Süd"' -caname 'issuing' -passout pass:harbour
export_p12 legacy.p12 -legacy -certfile chain.pem -name slip -passout pass:changeit
export_p12 triple.p12 -legacy -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -passout pass:
export_p12 rc2-128.p12 -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-2DES -passout pass:harbour
export_p12 triple2.p12 -legacy -certpbe PBE-SHA1-2DES -keypbe PBE-SHA1-2DES -macalg sha512 -passout pass:harbour
export_p12 open.p12 -certpbe NONE -passout pass:harbour
export_p12 des3.p12 -certpbe DES-EDE3-CBC -macalg sha384 -passout pass:harbour
export_p12 rounds.p12 -iter 1500000 -passout pass:harbour
openssl crl2pkcs7 -nocrl -certfile slip.pem -certfile issuing.pem -outform DER -out chain.p7b

# tool TYPE FILE PASSWORD ARGUMENTS: keytool on a store.
tool() { type=$1 store=$2 pass=$3; shift 3; keytool "$@" -noprompt -storetype "$type" -keystore "$store" -storepass "$pass" 2>/dev/null; }
import_key() { # TYPE FILE PASSWORD NAME: the key of NAME with its chain
  cat "$4.pem" issuing.pem >"$4.chain"
  openssl pkcs12 -export -inkey "$4.key" -in "$4.chain" -name "$4" -passout "pass:$3" -out "$4.tmp.p12"
  keytool -importkeystore -noprompt -srckeystore "$4.tmp.p12" -srcstoretype PKCS12 -srcstorepass "$3" -destkeystore "$2" -deststoretype "$1" -deststorepass "$3" 2>/dev/null
}
for type in JKS JCEKS PKCS12; do
  store=java.$type
  import_key "$type" "$store" boathouse slip
  import_key "$type" "$store" boathouse crane
  tool "$type" "$store" boathouse -importcert -alias 'boatyard root' -file root.pem
done
tool JCEKS java.JCEKS boathouse -genseckey -alias counter -keyalg AES -keysize 128 -keypass boathouse
tool JCEKS java.JCEKS boathouse -importcert -alias zulu -file issuing.pem
tool PKCS12 trust.PKCS12 changeit -importcert -alias root -file root.pem
tool PKCS12 trust.PKCS12 changeit -importcert -alias pinned -file crane.pem
tool JKS trust.JKS changeit -importcert -alias root -file root.pem

binary() { printf '\nexport const %s = bytes(\n' "$1"; base64 -w 108 "$2" | sed "s/.*/  '&' +/; \$ s/ +\$/,/"; printf ')\n'; }
text() { printf '\nexport const %s = `' "$1"; cat "$2"; printf '`\n'; }
{
  printf '/** Key stores of an invented PKI, as OpenSSL and keytool write them. Made by make-keystores.sh; do not edit. */\n\n'
  printf 'const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))\n'
  text slipPem slip.pem
  text slipRequest slip.csr
  text cranePem crane.pem
  text boatyardIssuingPem issuing.pem
  text boatyardRootPem root.pem
  binary modernP12 modern.p12
  binary legacyP12 legacy.p12
  binary tripleP12 triple.p12
  binary rc2P12 rc2-128.p12
  binary twoKeyP12 triple2.p12
  binary openP12 open.p12
  binary des3P12 des3.p12
  binary roundsP12 rounds.p12
  binary chainP7b chain.p7b
  binary javaJks java.JKS
  binary javaJceks java.JCEKS
  binary javaP12 java.PKCS12
  binary trustP12 trust.PKCS12
  binary trustJks trust.JKS
} >"$out"
