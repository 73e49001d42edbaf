import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import type { SdkClients } from "./sdk-clients.ts";
import type { TaskRole } from "./task-role.ts";

/** As the AWS SDK's clients have them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request that is to be signed. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  /** Those that are signed beside the host. */
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | undefined;
}

/** For whom, where and when. */
export interface SigningScope {
  /** As signatures name it: `execute-api`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly at: number;
}

/** What a request can be signed with, if with anything. */
export type SigningCredentials =
  | { readonly type: "found"; readonly credentials: AwsCredentials }
  /** The AWS SDK has none that it would use. */
  | { readonly type: "none" }
  | { readonly type: "notAssumed"; readonly cause: string };

/** The credentials of the role, which STS gives; without a role those that the AWS SDK is configured with. */
export async function signingCredentials(
  clients: Pick<SdkClients, "connect" | "roles">,
  region: string,
  role: TaskRole | undefined,
): Promise<SigningCredentials> {
  // That of STS, because who answers there is who says whom the credentials are for.
  const connection = await clients.connect("sts", region);
  if (connection.type !== "connected") return { type: "none" };
  if (role !== undefined && clients.roles !== undefined) {
    const assumed = await clients.roles.assume(role, region, connection.to);
    if (assumed.type === "notAssumed") return assumed;
    if (assumed.type === "assumed") return { type: "found", credentials: assumed.credentials };
  }
  const found = await connection.service.client.config.credentials?.();
  return found === undefined
    ? { type: "none" }
    : { type: "found", credentials: found as AwsCredentials };
}

/** The headers that a request is sent with so that AWS knows who sends it (Signature Version 4); the host is not among them. */
export async function signedHeaders(
  request: Unsigned,
  scope: SigningScope,
): Promise<{ readonly [name: string]: string }> {
  const signer = await signerFor(scope);
  const { headers } = await signer.sign(smithyRequest(request), {
    signingDate: new Date(scope.at),
  });
  const { host: _, ...others } = headers;
  return others;
}

/** A URL that is signed for so many seconds. */
export async function presignedUrl(
  request: Unsigned,
  scope: SigningScope,
  expiresIn: number,
): Promise<URL> {
  const signer = await signerFor(scope);
  const { query = {} } = await signer.presign(smithyRequest(request), {
    signingDate: new Date(scope.at),
    expiresIn,
  });
  const url = new URL(request.url);
  url.search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
  return url;
}

async function signerFor({ service, region, credentials }: SigningScope) {
  const { SignatureV4 } = await import("@smithy/signature-v4");
  // Only S3 wants the checksum as a header, too.
  const applyChecksum = false;
  return new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum });
}

function smithyRequest({ method, url, headers = {}, body }: Unsigned) {
  const query: { [name: string]: string[] } = {};
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value);
  return {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { ...headers, host: url.host },
    body,
  };
}

/** As the signer wants it: a hash, or with a secret an HMAC. */
class Sha256 {
  #hash: Hash | Hmac;
  readonly #secret: string | ArrayBuffer | ArrayBufferView | undefined;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret;
    this.#hash = this.#begin();
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    const secret = this.#secret;
    if (secret === undefined) return createHash("sha256");
    if (typeof secret === "string") return createHmac("sha256", secret);
    return createHmac(
      "sha256",
      ArrayBuffer.isView(secret)
        ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
        : Buffer.from(secret),
    );
  }
}
