/** A load balancer that sends its own certificate and nothing else. Made by scripts/make-examples.sh. */
export const text = `$ openssl s_client -connect 10.20.0.15:443 -servername api.retail.example -showcerts </dev/null
CONNECTED(00000003)
depth=0 C = GB, O = Example Retail, CN = api.retail.example
verify error:num=20:unable to get local issuer certificate
verify return:1
depth=0 C = GB, O = Example Retail, CN = api.retail.example
verify error:num=21:unable to verify the first certificate
verify return:1
depth=0 C = GB, O = Example Retail, CN = api.retail.example
verify return:1
---
Certificate chain
 0 s:C = GB, O = Example Retail, CN = api.retail.example
   i:C = GB, O = Example Retail, CN = Example Retail Issuing CA 2
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Nov  1 00:00:00 2028 GMT
-----BEGIN CERTIFICATE-----
MIICbjCCAhWgAwIBAgIUfZ0xf1ghIXNyZFlUKvDGjxCqCPQwCgYIKoZIzj0EAwIw
TDELMAkGA1UEBhMCR0IxFzAVBgNVBAoMDkV4YW1wbGUgUmV0YWlsMSQwIgYDVQQD
DBtFeGFtcGxlIFJldGFpbCBJc3N1aW5nIENBIDIwHhcNMjYxMTAxMDAwMDAwWhcN
MjgxMTAxMDAwMDAwWjBDMQswCQYDVQQGEwJHQjEXMBUGA1UECgwORXhhbXBsZSBS
ZXRhaWwxGzAZBgNVBAMMEmFwaS5yZXRhaWwuZXhhbXBsZTBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABAGeJyQfn+p9Xn+0N7aXeyDU08oeroHbkklUEh9CXIrVDxyq
JoU+Qqze0P5imWQKpPPs6CFS3DzAeA4swIAqsRejgd0wgdowDAYDVR0TAQH/BAIw
ADAOBgNVHQ8BAf8EBAMCB4AwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYE
FPAPkASVGV+mEzhBrSA3K2LCeLPEMB8GA1UdIwQYMBaAFHCtJt8+mi20nxtjnjsH
2N0jR96IMB0GA1UdEQQWMBSCEmFwaS5yZXRhaWwuZXhhbXBsZTBGBggrBgEFBQcB
AQQ6MDgwNgYIKwYBBQUHMAKGKmh0dHA6Ly9wa2kucmV0YWlsLmV4YW1wbGUvaXNz
dWluZy1jYS0yLmNydDAKBggqhkjOPQQDAgNHADBEAiAHnxF22uwOwfO+klzIygMj
bWHfpqvYona5ySnXq503eQIgKzKGXR1HLGgFg3wFnmrGLeDME78Zkm/iixmo6Nfc
/GE=
-----END CERTIFICATE-----
---
Server certificate
subject=C = GB, O = Example Retail, CN = api.retail.example
issuer=C = GB, O = Example Retail, CN = Example Retail Issuing CA 2
---
No client certificate CA names sent
Peer signing digest: SHA256
Peer signature type: ECDSA
Server Temp Key: X25519, 253 bits
---
SSL handshake has read 998 bytes and written 404 bytes
Verification error: unable to verify the first certificate
---
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
Server public key is 256 bit
Secure Renegotiation IS NOT supported
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: 21 (unable to verify the first certificate)
---
DONE
`
