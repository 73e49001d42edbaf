/**
 * A certificate for localhost, 127.0.0.1, api.test and cluster.test that nothing but tests trusts, and its key, which is therefore no
 * secret. Made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 …
 */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBvDCCAWOgAwIBAgIUK4x2HBJWtp0mELptRVKDCNM//D0wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNc3RlcHdlbGwgdGVzdDAgFw0yNjExMjgyMTU1MzNaGA8yMTI2
MTEwNDIxNTUzM1owGDEWMBQGA1UEAwwNc3RlcHdlbGwgdGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABIz2Eu4cBmKnsCjXXVvGI+iMPKiNzCkgocqE5spUQjWy
bW39kKgQWLxLeits3IIax4uv95rIdefgbIXLQjGhnKqjgYgwgYUwHQYDVR0OBBYE
FPfEkH8iib9H1Hmi5ma7qM9WJcNLMB8GA1UdIwQYMBaAFPfEkH8iib9H1Hmi5ma7
qM9WJcNLMDIGA1UdEQQrMCmCCWxvY2FsaG9zdIIMY2x1c3Rlci50ZXN0gghhcGku
dGVzdIcEfwAAATAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIBZW
/Gqik96WeyHjamVxSdMafNu5TH8wrOGi1kI6zNglAiBQIk1buUteMpFhdSb/X4i7
sZHls6mRhlrkMhdJYlYljw==
-----END CERTIFICATE-----
`;

export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8jHi8OqkLmUAn2Bg
PxcBkuRcqwd5DCaHuyQN2yrewfChRANCAASM9hLuHAZip7Ao111bxiPojDyojcwp
IKHKhObKVEI1sm1t/ZCoEFi8S3orbNyCGseLr/eayHXn4GyFy0IxoZyq
-----END PRIVATE KEY-----
`;
