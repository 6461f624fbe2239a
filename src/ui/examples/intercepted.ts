/** A company proxy that answers in the place of the server, with certificates of our own making. Made by scripts/make-examples.sh. */
export const text = `$ openssl s_client -proxy proxy.corp.example:8080 -connect api.payments.example:443 -servername api.payments.example -showcerts </dev/null
CONNECTED(00000003)
depth=2 C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = Zscaler Intermediate Root CA (zscaler.net)
verify error:num=20:unable to get local issuer certificate
verify return:1
depth=1 C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = "Zscaler Intermediate Root CA (zscaler.net) (t) "
verify return:1
depth=0 O = Zscaler Inc., OU = Zscaler Inc., CN = api.payments.example
verify return:1
---
Certificate chain
 0 s:O = Zscaler Inc., OU = Zscaler Inc., CN = api.payments.example
   i:C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = "Zscaler Intermediate Root CA (zscaler.net) (t) "
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Nov  1 00:00:00 2028 GMT
-----BEGIN CERTIFICATE-----
MIICsjCCAlmgAwIBAgIUFj2/lrIxeeYts3fScQhd6XD3KXkwCgYIKoZIzj0EAwIw
gYoxCzAJBgNVBAYTAlVTMRMwEQYDVQQIDApDYWxpZm9ybmlhMRUwEwYDVQQKDAxa
c2NhbGVyIEluYy4xFTATBgNVBAsMDFpzY2FsZXIgSW5jLjE4MDYGA1UEAwwvWnNj
YWxlciBJbnRlcm1lZGlhdGUgUm9vdCBDQSAoenNjYWxlci5uZXQpICh0KSAwHhcN
MjYxMTAxMDAwMDAwWhcNMjgxMTAxMDAwMDAwWjBNMRUwEwYDVQQKDAxac2NhbGVy
IEluYy4xFTATBgNVBAsMDFpzY2FsZXIgSW5jLjEdMBsGA1UEAwwUYXBpLnBheW1l
bnRzLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASOccWaZTyeR1gk
wQuyAPFe9eBoIXBA8UT6I8yovhnCsWOTxX0y7gsN6k/hr9HKcrAk3mwy9LWXR28r
bUH3Xkbqo4HYMIHVMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1Ud
JQQMMAoGCCsGAQUFBwMBMB0GA1UdDgQWBBQah8Xf7f3S4pcGeXq7NfbI6vX9/TAf
BgNVHSMEGDAWgBRYq1N3WCvQ80WdH+cmxfdHOIOjpTAfBgNVHREEGDAWghRhcGku
cGF5bWVudHMuZXhhbXBsZTA/BggrBgEFBQcBAQQzMDEwLwYIKwYBBQUHMAKGI2h0
dHA6Ly9nYXRld2F5LnpzY2FsZXIubmV0L25vZGUuY3J0MAoGCCqGSM49BAMCA0cA
MEQCICZrUT/w1Nbeymq2SNhYZUwQwZ+8QyFNy8GwiAshhqv5AiBqXHFRNMD9abTZ
48IVrjhJN1K3I/cNiAf2grC34fSNuA==
-----END CERTIFICATE-----
 1 s:C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = "Zscaler Intermediate Root CA (zscaler.net) (t) "
   i:C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = Zscaler Intermediate Root CA (zscaler.net)
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Nov  1 00:00:00 2028 GMT
-----BEGIN CERTIFICATE-----
MIICeDCCAh+gAwIBAgIUBzLQtPootTatoJS/j7EmC8r6wFQwCgYIKoZIzj0EAwIw
gYUxCzAJBgNVBAYTAlVTMRMwEQYDVQQIDApDYWxpZm9ybmlhMRUwEwYDVQQKDAxa
c2NhbGVyIEluYy4xFTATBgNVBAsMDFpzY2FsZXIgSW5jLjEzMDEGA1UEAwwqWnNj
YWxlciBJbnRlcm1lZGlhdGUgUm9vdCBDQSAoenNjYWxlci5uZXQpMB4XDTI2MTEw
MTAwMDAwMFoXDTI4MTEwMTAwMDAwMFowgYoxCzAJBgNVBAYTAlVTMRMwEQYDVQQI
DApDYWxpZm9ybmlhMRUwEwYDVQQKDAxac2NhbGVyIEluYy4xFTATBgNVBAsMDFpz
Y2FsZXIgSW5jLjE4MDYGA1UEAwwvWnNjYWxlciBJbnRlcm1lZGlhdGUgUm9vdCBD
QSAoenNjYWxlci5uZXQpICh0KSAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASU
9J0t3rrON7x+4/0nguCBrUCuYayDS0gKNBdmmQJbaN6G4lcER0V0/HKt5p7CeFVa
X6zRdnlRpn3/L+ZgQpsJo2YwZDASBgNVHRMBAf8ECDAGAQH/AgEBMA4GA1UdDwEB
/wQEAwIBBjAdBgNVHQ4EFgQUWKtTd1gr0PNFnR/nJsX3RziDo6UwHwYDVR0jBBgw
FoAU7xA7mYUTPrUOICVJSyUA4Ti9E0IwCgYIKoZIzj0EAwIDRwAwRAIgeCM5Ur3S
IODYONsiAxdI4SL5hHddXf8i3xV/WojICRkCIAvlSIZoHdPCk+5mjO5QWsHWkrGe
gvuKT+UJHgS5EXx1
-----END CERTIFICATE-----
 2 s:C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = Zscaler Intermediate Root CA (zscaler.net)
   i:C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = Zscaler Root CA
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Nov  1 00:00:00 2028 GMT
-----BEGIN CERTIFICATE-----
MIICVjCCAfugAwIBAgIUUSvO8+8EwRYfUjOlwXSqWxuZ4YgwCgYIKoZIzj0EAwIw
ajELMAkGA1UEBhMCVVMxEzARBgNVBAgMCkNhbGlmb3JuaWExFTATBgNVBAoMDFpz
Y2FsZXIgSW5jLjEVMBMGA1UECwwMWnNjYWxlciBJbmMuMRgwFgYDVQQDDA9ac2Nh
bGVyIFJvb3QgQ0EwHhcNMjYxMTAxMDAwMDAwWhcNMjgxMTAxMDAwMDAwWjCBhTEL
MAkGA1UEBhMCVVMxEzARBgNVBAgMCkNhbGlmb3JuaWExFTATBgNVBAoMDFpzY2Fs
ZXIgSW5jLjEVMBMGA1UECwwMWnNjYWxlciBJbmMuMTMwMQYDVQQDDCpac2NhbGVy
IEludGVybWVkaWF0ZSBSb290IENBICh6c2NhbGVyLm5ldCkwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASStD+SbPXczYmwZRebfEphCCwTae4EXXlOuRak/8hzFH6V
WWjv+NYfwmBMse3MXqOfoMskadUfWAtCgIQbSTPZo2MwYTAPBgNVHRMBAf8EBTAD
AQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQU7xA7mYUTPrUOICVJSyUA4Ti9
E0IwHwYDVR0jBBgwFoAUpV00oLU7FCvtrqKKCp5yTye9Rs4wCgYIKoZIzj0EAwID
SQAwRgIhAJcpZ+am0X2c1vr++Vt6bHKtkjGhOUhrUntndHWHx4HbAiEA89qCuoXk
EtM5ku6eaXwqbr+rxPfJYZHXzIcshhDmFMA=
-----END CERTIFICATE-----
---
Server certificate
subject=O = Zscaler Inc., OU = Zscaler Inc., CN = api.payments.example
issuer=C = US, ST = California, O = Zscaler Inc., OU = Zscaler Inc., CN = "Zscaler Intermediate Root CA (zscaler.net) (t) "
---
No client certificate CA names sent
Peer signing digest: SHA256
Peer signature type: ECDSA
Server Temp Key: X25519, 253 bits
---
SSL handshake has read 2314 bytes and written 406 bytes
Verification error: unable to get local issuer certificate
---
New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384
Server public key is 256 bit
Secure Renegotiation IS NOT supported
Compression: NONE
Expansion: NONE
No ALPN negotiated
Early data was not sent
Verify return code: 20 (unable to get local issuer certificate)
---
DONE
`
