import { readFileSync } from "node:fs";
import { createSecureContext, type SecureVersion } from "node:tls";

/** What HTTPS is served with. */
export interface TlsFiles {
  /** The certificate in PEM, with those that lead to its authority after it. */
  readonly certFile: string;
  /** Its private key in PEM. */
  readonly keyFile: string;
  /** 1.2 if absent. */
  readonly minVersion?: TlsVersion | undefined;
}

export const tlsVersions = ["1.2", "1.3"] as const;
export type TlsVersion = (typeof tlsVersions)[number];

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly minVersion: SecureVersion;
}

/** Reads certificate and key. Throws an error that says which file is wrong, or that they are not each other's. */
export function readCertificate({ certFile, keyFile, minVersion = "1.2" }: TlsFiles): Certificate {
  const certificate: Certificate = {
    cert: read(certFile),
    key: read(keyFile),
    minVersion: `TLSv${minVersion}`,
  };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw new Error(
      `The certificate ${certFile} and the key ${keyFile} cannot be used: ${(error as Error).message}. Both are PEM, and the key is the certificate's.`,
      { cause: error },
    );
  }
  return certificate;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
