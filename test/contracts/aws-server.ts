import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished, vi } from "vitest";

export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface AwsResponse {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Buffer;
}

/** Requests that came, in order. */
export type AwsServer = readonly AwsRequest[];

/**
 * Stands for AWS's services until the test ends: `answer` gives the answer to each request, `undefined` none at all. The
 * AWS SDK's configuration points to it.
 */
export async function awsServer(
  answer: (request: AwsRequest) => AwsResponse | undefined,
): Promise<AwsServer> {
  const requests: AwsRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const seen = { method, path, headers, body: Buffer.concat(chunks).toString() };
      requests.push(seen);
      const answered = answer(seen);
      if (answered === undefined) return;
      const { status = 200, headers: shown = {}, body = "" } = answered;
      response.writeHead(status, shown);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return requests;
}

const requestId = { "x-amzn-RequestId": "request-1" };

/** An answer of a service that speaks JSON. */
export function json(body: object, headers: { readonly [name: string]: string } = {}): AwsResponse {
  const shown = { ...requestId, "Content-Type": "application/x-amz-json-1.0", ...headers };
  return { headers: shown, body: JSON.stringify(body) };
}

/** A refusal of a service that speaks JSON. */
export function jsonError(type: string, message: string, status = 400): AwsResponse {
  return { ...json({ __type: type, message }), status };
}

/** An answer of a service that speaks XML. */
export function xml(status: number, body: string): AwsResponse {
  return { status, headers: { ...requestId, "Content-Type": "text/xml" }, body };
}
