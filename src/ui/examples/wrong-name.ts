/** A complete chain whose certificate is for other hosts than the one asked for. Made by scripts/make-examples.sh. */
export const text = `$ openssl s_client -connect orders.retail.example:8443 -servername orders.retail.example -verify_hostname orders.retail.example -CAfile retail-root.pem -showcerts </dev/null
CONNECTED(00000003)
depth=0 C = GB, O = Example Retail, CN = shop.retail.example
verify error:num=62:hostname mismatch
verify return:1
depth=2 C = GB, O = Example Retail, CN = Example Retail Root CA
verify return:1
depth=1 C = GB, O = Example Retail, CN = Example Retail Issuing CA 2
verify return:1
depth=0 C = GB, O = Example Retail, CN = shop.retail.example
verify return:1
---
Certificate chain
 0 s:C = GB, O = Example Retail, CN = shop.retail.example
   i:C = GB, O = Example Retail, CN = Example Retail Issuing CA 2
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Nov  1 00:00:00 2028 GMT
-----BEGIN CERTIFICATE-----
MIICiDCCAi6gAwIBAgIUSQH+IoXBosEis8RnVL/pd/59WrUwCgYIKoZIzj0EAwIw
TDELMAkGA1UEBhMCR0IxFzAVBgNVBAoMDkV4YW1wbGUgUmV0YWlsMSQwIgYDVQQD
DBtFeGFtcGxlIFJldGFpbCBJc3N1aW5nIENBIDIwHhcNMjYxMTAxMDAwMDAwWhcN
MjgxMTAxMDAwMDAwWjBEMQswCQYDVQQGEwJHQjEXMBUGA1UECgwORXhhbXBsZSBS
ZXRhaWwxHDAaBgNVBAMME3Nob3AucmV0YWlsLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAT2yXTphaVmwQocMTGK+edLMR574Nvti2Sq+ctLPxAztqit
wBG1xrouEPZj3IekJLnD7gXajKrwjWNPjGE+cAlro4H1MIHyMAwGA1UdEwEB/wQC
MAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQW
BBR+wxs8GLNISlZYaMLz0WgLlpq2hTAfBgNVHSMEGDAWgBRwrSbfPpottJ8bY547
B9jdI0feiDA1BgNVHREELjAsghUqLnNob3AucmV0YWlsLmV4YW1wbGWCE3Nob3Au
cmV0YWlsLmV4YW1wbGUwRgYIKwYBBQUHAQEEOjA4MDYGCCsGAQUFBzAChipodHRw
Oi8vcGtpLnJldGFpbC5leGFtcGxlL2lzc3VpbmctY2EtMi5jcnQwCgYIKoZIzj0E
AwIDSAAwRQIhAIRRswSGMS36SYzMQJ/pV9R0o8g3G9Nv6WdtNoWCxr+AAiA8V49v
V7ztczo5l7FiXKKf9/+khwVZHl7x9DSkLtdw0g==
-----END CERTIFICATE-----
 1 s:C = GB, O = Example Retail, CN = Example Retail Issuing CA 2
   i:C = GB, O = Example Retail, CN = Example Retail Root CA
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Nov  1 00:00:00 2028 GMT
-----BEGIN CERTIFICATE-----
MIIB+zCCAaGgAwIBAgIUI55GntmlpECsC7cGmXgdMqtaVcEwCgYIKoZIzj0EAwIw
RzELMAkGA1UEBhMCR0IxFzAVBgNVBAoMDkV4YW1wbGUgUmV0YWlsMR8wHQYDVQQD
DBZFeGFtcGxlIFJldGFpbCBSb290IENBMB4XDTI2MTEwMTAwMDAwMFoXDTI4MTEw
MTAwMDAwMFowTDELMAkGA1UEBhMCR0IxFzAVBgNVBAoMDkV4YW1wbGUgUmV0YWls
MSQwIgYDVQQDDBtFeGFtcGxlIFJldGFpbCBJc3N1aW5nIENBIDIwWTATBgcqhkjO
PQIBBggqhkjOPQMBBwNCAAToQAQpnwPUeneTuNMN/DGNQv+ADMJV30zOxYFRYdp6
P4r5yrLkwJO6Td9zc5OlNqrn65mA7BwasXqcUiv4VLoAo2YwZDASBgNVHRMBAf8E
CDAGAQH/AgEBMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUcK0m3z6aLbSfG2Oe
OwfY3SNH3ogwHwYDVR0jBBgwFoAUdIjfFu/wmZYRzTI656BTqQUwfCMwCgYIKoZI
zj0EAwIDSAAwRQIgVq+RaVHiYXHQ9JVESvF+sqYXlEkJROW5Rs1gW3mOE/8CIQCw
pDGlDieofO1YCXIKcfowLGYHtW+Hk4Bs5qRq6S/oBQ==
-----END CERTIFICATE-----
---
Server certificate
subject=C = GB, O = Example Retail, CN = shop.retail.example
issuer=C = GB, O = Example Retail, CN = Example Retail Issuing CA 2
---
No client certificate CA names sent
Peer signing digest: SHA256
Peer signature type: ECDSA
Server Temp Key: X25519, 253 bits
---
SSL handshake has read 1538 bytes and written 407 bytes
Verification error: hostname mismatch
---
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
Server public key is 256 bit
Secure Renegotiation IS NOT supported
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: 62 (hostname mismatch)
---
DONE
`
