import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface S3Server {
  readonly endpoint: string;
  /** Every request as `METHOD /path?query`, with its range. */
  readonly requests: string[];
  /** Breaks the next bodies off after so many bytes. */
  breakOff(times: number, afterBytes: number): void;
  /** Answers the next request with this error. */
  refuse(statusCode: number, code: string, message: string): void;
  makeBucket(name: string): void;
  /** Uploads in parts that were begun and neither completed nor aborted. */
  openUploads(): number;
  close(): Promise<void>;
}

/** The part of S3's HTTP interface that a store of objects uses: path style, listings of two keys a page. */
export async function startS3Server(): Promise<S3Server> {
  const buckets = new Map<string, Map<string, Buffer>>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const requests: string[] = [];
  let breaks = { times: 0, afterBytes: 0 };
  let refusal: { statusCode: number; code: string; message: string } | undefined;

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://s3");
    const query = url.searchParams;
    const [, bucket = "", ...rest] = decodeURIComponent(url.pathname).split("/");
    const key = rest.join("/");
    requests.push(`${request.method} ${url.pathname}${url.search} ${request.headers.range ?? ""}`);
    const parts: Buffer[] = [];
    for await (const chunk of request) parts.push(chunk as Buffer);
    const body = Buffer.concat(parts);

    const fail = (statusCode: number, code: string, message: string) => {
      response.writeHead(statusCode, { "x-amz-request-id": "REQ", "x-amz-id-2": "EXT" });
      const text = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (refusal !== undefined) {
      const { statusCode, code, message } = refusal;
      refusal = undefined;
      return fail(statusCode, code, message);
    }
    const objects = buckets.get(bucket);
    if (objects === undefined) {
      return fail(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    const uploadId = query.get("uploadId") ?? "";
    if (request.method === "GET" && key === "") {
      return void response.end(listing(objects, query));
    }
    if (request.method === "POST" && query.has("uploads")) {
      const id = `upload-${uploads.size + 1}`;
      uploads.set(id, new Map());
      return void response.end(
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (request.method === "PUT" && uploadId !== "") {
      uploads.get(uploadId)?.set(Number(query.get("partNumber")), body);
      response.setHeader("ETag", etagOf(body));
      return void response.end();
    }
    if (request.method === "POST" && uploadId !== "") {
      const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map((m) => Number(m[1]));
      const pieces = numbers.map((number) => uploads.get(uploadId)?.get(number) as Buffer);
      objects.set(key, Buffer.concat(pieces));
      uploads.delete(uploadId);
      const xml = `<CompleteMultipartUploadResult><ETag>"parts-${numbers.length}"</ETag></CompleteMultipartUploadResult>`;
      return void response.end(xml);
    }
    if (request.method === "DELETE") {
      uploads.delete(uploadId);
      return void response.writeHead(204).end();
    }
    if (request.method === "PUT") {
      objects.set(key, body);
      response.setHeader("ETag", etagOf(body));
      return void response.end();
    }
    const object = objects.get(key);
    if (object === undefined) return fail(404, "NoSuchKey", "The specified key does not exist.");
    const wanted = request.headers["if-match"];
    if (wanted !== undefined && wanted !== etagOf(object)) {
      return fail(412, "PreconditionFailed", "At least one of the preconditions did not hold");
    }
    const [, start, end] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    const part = start === undefined ? object : object.subarray(Number(start), Number(end) + 1);
    response.writeHead(start === undefined ? 200 : 206, {
      "Content-Length": part.length,
      ETag: etagOf(object),
    });
    if (request.method === "HEAD") return void response.end();
    if (breaks.times === 0) return void response.end(part);
    breaks = { ...breaks, times: breaks.times - 1 };
    response.write(part.subarray(0, breaks.afterBytes), () => response.destroy());
  }

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    breakOff: (times, afterBytes) => void (breaks = { times, afterBytes }),
    refuse: (statusCode, code, message) => void (refusal = { statusCode, code, message }),
    makeBucket: (name) => void buckets.set(name, new Map()),
    openUploads: () => uploads.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listing(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get("prefix") ?? ""))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
  const page = keys.slice(0, 2);
  const contents = page.map((key) => {
    const object = objects.get(key) as Buffer;
    return `<Contents><Key>${key}</Key><LastModified>2023-11-14T22:13:20.000Z</LastModified><ETag>${etagOf(object)}</ETag><Size>${object.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const isTruncated = keys.length > page.length;
  const next = isTruncated ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
  return `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${contents.join("")}${next}</ListBucketResult>`;
}

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
