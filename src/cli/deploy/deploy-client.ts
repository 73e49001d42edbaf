import { textOf } from "../../deploy/text-of.ts";
import { createHash } from "node:crypto";
import type { JsonObject } from "../../expression/json.ts";
import { type AwsCredentials, signedHeaders } from "../../integrations/aws/signature.ts";
import { CommandFailure, UsageError } from "../errors.ts";
import { ownerEndpoint } from "../owner-credentials.ts";
import { credentialsFor, usualRegion } from "../signed-fetch.ts";

const usualEndpoint = "http://127.0.0.1:8083";

/** What a request says who it is from where nobody is asked: the service that it is for is in a signature only. */
const anybody: AwsCredentials = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

/** A server refused a call. */
export class DeployRefusal extends CommandFailure {
  /** `ValidationError`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** CloudFormation and S3 of a running server. */
export interface DeployClient {
  readonly endpoint: string;
  readonly region: string;
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  /** An operation of Step Functions. */
  states(operation: string, input: JsonObject): Promise<JsonObject>;
  /** Puts an object where there is none of this key yet, and makes its bucket. */
  upload(bucket: string, key: string, content: Uint8Array): Promise<void>;
  accountId(): Promise<string>;
  /** Where the console of the server is, with a slash at its end; `undefined`: it has none. */
  consoleUrl(): Promise<string | undefined>;
}

export interface DeployClientOptions {
  /** `--endpoint`. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
}

export async function openDeployClient(options: DeployClientOptions): Promise<DeployClient> {
  const environment = process.env;
  const endpoint =
    options.endpoint ??
    environment["AWS_ENDPOINT_URL_CLOUDFORMATION"] ??
    environment["AWS_ENDPOINT_URL"] ??
    environment["AWS_ENDPOINT_URL_SFN"] ??
    (await ownerEndpoint()) ??
    usualEndpoint;
  if (!URL.canParse(endpoint)) throw new UsageError(`--endpoint '${endpoint}' is no address.`);
  const region =
    options.region ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? usualRegion;
  const credentials = (await credentialsFor(new URL(endpoint))) ?? anybody;

  async function send(
    service: string,
    path: string,
    request: {
      readonly method: string;
      readonly headers: { readonly [name: string]: string };
      readonly body?: string | Uint8Array<ArrayBuffer>;
    },
  ): Promise<Response> {
    const url = new URL(path, endpoint);
    const { method, headers, body } = request;
    const text = typeof body === "string" ? body : undefined;
    const scope = { service, region, credentials, at: Date.now() };
    const signed = await signedHeaders({ method, url, headers, body: text }, scope);
    try {
      return await fetch(url, { method, headers: signed, ...(body !== undefined && { body }) });
    } catch (error) {
      throw new CommandFailure(
        `Nobody answers at ${endpoint}. Start a server with 'stepwell start', or name one with --endpoint URL.`,
        { cause: error },
      );
    }
  }

  async function json(service: string, target: string, input: JsonObject): Promise<JsonObject> {
    const response = await send(service, "/", {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": target },
      body: JSON.stringify(input),
    });
    const answer = (await response.json().catch(() => undefined)) as JsonObject | undefined;
    if (response.ok && answer !== undefined) return answer;
    const { __type: code, message } = answer ?? {};
    if (typeof code === "string") throw new DeployRefusal(code, textOf(message));
    throw new CommandFailure(`${endpoint} answered ${response.status}: is that a Stepwell?`);
  }

  const buckets = new Set<string>();

  /** What is uploaded is compared by S3's own means, if by any: it is as large as a function's code may be. */
  async function object(
    method: "HEAD" | "PUT",
    path: string,
    body?: Uint8Array<ArrayBuffer>,
  ): Promise<Response> {
    const hash = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const headers = { "x-amz-content-sha256": hash };
    return send("s3", path, { method, headers, ...(body !== undefined && { body }) });
  }

  return {
    endpoint,
    region,
    states: (operation, input) => json("states", `AWSStepFunctions.${operation}`, input),
    call: (operation, input) => json("cloudformation", `CloudFormation.${operation}`, input),
    async upload(bucket, key, content) {
      if (!buckets.has(bucket)) {
        const { status } = await object("PUT", `/${bucket}`);
        // It is there already.
        if (status >= 400 && status !== 409) throw notUploaded(bucket, key, status);
        buckets.add(bucket);
      }
      if ((await object("HEAD", `/${bucket}/${key}`)).ok) return;
      const { ok, status } = await object("PUT", `/${bucket}/${key}`, new Uint8Array(content));
      if (!ok) throw notUploaded(bucket, key, status);
    },
    async consoleUrl() {
      const response = await send("states", "/stepwell/console", { method: "GET", headers: {} });
      const answer = (await response.json().catch(() => undefined)) as JsonObject | undefined;
      const path = response.ok ? answer?.["path"] : undefined;
      return typeof path === "string" ? new URL(path, endpoint).href : undefined;
    },
    async accountId() {
      const response = await send("sts", "/", {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          accept: "application/json",
        },
        body: "Action=GetCallerIdentity&Version=2011-06-15",
      });
      const { Account } = (await response.json().catch(() => ({}))) as JsonObject;
      if (response.ok && typeof Account === "string") return Account;
      throw new CommandFailure(`${endpoint} does not say which account it is`);
    },
  };
}

function notUploaded(bucket: string, key: string, status: number): CommandFailure {
  return new CommandFailure(
    `${bucket}/${key} could not be uploaded: the server answered ${status}`,
  );
}
