import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SignedRequest } from "../../src/iam/signature/signed-request.ts";

export interface SigningIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Node's hashes in the shape that the official signer wants them. */
export class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash("sha256")
        : createHmac("sha256", secret as string | NodeJS.ArrayBufferView);
  }
  update(data: string | NodeJS.ArrayBufferView): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {}
}

/** A request of the API, signed by the official signer: what arrives at a server. */
export async function sign(
  identity: SigningIdentity,
  options: {
    readonly body?: string;
    readonly method?: string;
    readonly path?: string;
    readonly query?: { readonly [name: string]: string };
    readonly region?: string;
    readonly service?: string;
    readonly host?: string;
    readonly at?: number;
    readonly headers?: { readonly [name: string]: string };
  } = {},
): Promise<{ readonly request: SignedRequest; readonly body: Buffer }> {
  const { body = "{}", host = "localhost:8083", path = "/", query = {} } = options;
  const signer = new SignatureV4({
    credentials: identity,
    region: options.region ?? "eu-west-1",
    service: options.service ?? "states",
    sha256: Sha256,
    applyChecksum: true,
  });
  const signed = await signer.sign(
    {
      method: options.method ?? "POST",
      protocol: "http:",
      hostname: "localhost",
      path,
      query: { ...query },
      headers: {
        host,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AWSStepFunctions.ListStateMachines",
        ...options.headers,
      },
      body,
    },
    { signingDate: new Date(options.at ?? Date.now()) },
  );
  const search = new URLSearchParams(query).toString().replaceAll("+", "%20");
  return {
    request: {
      method: signed.method,
      url: search === "" ? path : `${path}?${search}`,
      rawHeaders: Object.entries(signed.headers).flat(),
    },
    body: Buffer.from(body),
  };
}
