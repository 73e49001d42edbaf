import { createHash, hash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import type { HmacKey } from "../../iam/signature/hmac-key.ts";
import { ServiceError } from "../../ports/service-api.ts";

/** Our choice: the largest body of one request. Larger objects come in parts. */
export const mostObjectBytes = 256 * 1024 * 1024;
/** Our choices, for bodies that come in signed pieces: clients send 64 KiB. */
const mostPieceBytes = 16 * 1024 * 1024;
const longestLine = 8 * 1024;

/** What the pieces of a body are signed with, and what the first of them is chained to. */
export interface PieceSigner {
  readonly key: HmacKey;
  readonly signedAt: string;
  /** `20261127/eu-west-1/s3/aws4_request`. */
  readonly scope: string;
  readonly signature: string;
}

/**
 * The bytes of an object as a request's body has them, or what the body is a frame of. Throws from its iteration where the body is
 * not what was signed, or not what its checksums say.
 *
 * *Documented*: "Authenticating requests: transferring payload in multiple chunks", and with trailing headers.
 */
export async function* objectBody(
  body: AsyncIterable<Uint8Array>,
  headers: IncomingHttpHeaders,
  signer: PieceSigner | undefined,
): AsyncGenerator<Uint8Array> {
  const signed = String(headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD");
  const isFramed =
    signed.startsWith("STREAMING-") ||
    String(headers["content-encoding"] ?? "")
      .split(",")
      .some((coding) => coding.trim() === "aws-chunked");
  const trailers: { [name: string]: string } = {};
  const pieces = isFramed
    ? unframed(body, trailers, signed.startsWith("STREAMING-AWS4-") ? signer : undefined)
    : body;
  const sums = checksums(headers, signed);
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > mostObjectBytes) {
      throw new ServiceError(
        "EntityTooLarge",
        `Your proposed upload exceeds the maximum allowed size of ${mostObjectBytes} bytes`,
      );
    }
    for (const sum of sums) sum.update(piece);
    yield piece;
  }
  const decoded = headers["x-amz-decoded-content-length"];
  if (isFramed && decoded !== undefined && Number(decoded) !== size) throw incomplete();
  for (const sum of sums) {
    const wanted = sum.expected ?? trailers[sum.name];
    if (wanted === undefined || wanted === sum.digest()) continue;
    throw refusedSum(sum.name);
  }
}

interface Checksum {
  readonly name: string;
  /** Absent: it is in the trailer. */
  readonly expected: string | undefined;
  update(piece: Uint8Array): void;
  digest(): string;
}

const bodyHash = "x-amz-content-sha256";

/** Those that a request names and that cost little. *Our choice*: CRC-32C and CRC-64 are not compared. */
function checksums(headers: IncomingHttpHeaders, signed: string): readonly Checksum[] {
  const hashed = (name: string, algorithm: string, encoding: "base64" | "hex"): Checksum => {
    const sum = createHash(algorithm);
    let digest: string | undefined;
    return {
      name,
      expected: name === bodyHash ? signed : textOf(headers[name]),
      update: (piece) => void sum.update(piece),
      digest: () => (digest ??= sum.digest(encoding)),
    };
  };
  const isNamed = (name: string): boolean =>
    headers[name] !== undefined || headers["x-amz-trailer"] === name;
  return [
    ...(/^[0-9a-f]{64}$/.test(signed) ? [hashed(bodyHash, "sha256", "hex")] : []),
    ...(isNamed("content-md5") ? [hashed("content-md5", "md5", "base64")] : []),
    ...(isNamed("x-amz-checksum-sha256")
      ? [hashed("x-amz-checksum-sha256", "sha256", "base64")]
      : []),
    ...(isNamed("x-amz-checksum-sha1") ? [hashed("x-amz-checksum-sha1", "sha1", "base64")] : []),
    ...(isNamed("x-amz-checksum-crc32") ? [cyclic(textOf(headers["x-amz-checksum-crc32"]))] : []),
  ];
}

function cyclic(expected: string | undefined): Checksum {
  let value = 0;
  return {
    name: "x-amz-checksum-crc32",
    expected,
    update: (piece) => {
      value = crc32(piece, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString("base64");
    },
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : String(header);
}

function refusedSum(name: string): ServiceError {
  switch (name) {
    case bodyHash:
      return new ServiceError(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    case "content-md5":
      return new ServiceError(
        "BadDigest",
        "The Content-MD5 you specified did not match what we received.",
      );
    default:
      return new ServiceError(
        "BadDigest",
        `The ${name.slice("x-amz-checksum-".length).toUpperCase()} you specified did not match the calculated checksum.`,
      );
  }
}

const incomplete = (): ServiceError =>
  new ServiceError(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );

/** Takes pieces out of their frame: `SIZE;chunk-signature=…` and the bytes, up to one of no bytes and the trailers. */
async function* unframed(
  body: AsyncIterable<Uint8Array>,
  trailers: { [name: string]: string },
  signer: PieceSigner | undefined,
): AsyncGenerator<Buffer> {
  const reader = new FrameReader(body);
  const chain = signer === undefined ? undefined : pieceChain(signer);
  for (;;) {
    const line = await reader.line();
    const [, size = "", signature] =
      /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
    if (size === "") throw incomplete();
    const length = Number.parseInt(size, 16);
    if (length > mostPieceBytes) throw incomplete();
    const piece = await reader.bytes(length);
    chain?.piece(piece, signature);
    if (length === 0) break;
    if ((await reader.line()) !== "") throw incomplete();
    yield piece;
  }
  await readTrailers(reader, trailers, chain);
}

/** Signed like the pieces, where those are. */
async function readTrailers(
  reader: FrameReader,
  trailers: { [name: string]: string },
  chain: PieceChain | undefined,
): Promise<void> {
  let text = "";
  for (let line = await reader.lineOrEnd(); line; line = await reader.lineOrEnd()) {
    const [, name = "", value = ""] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name.toLowerCase() === "x-amz-trailer-signature") {
      chain?.trailer(text, value);
      return;
    }
    trailers[name.toLowerCase()] = value;
    text += `${name.toLowerCase()}:${value}\n`;
  }
  if (text !== "") chain?.trailer(text, undefined);
}

interface PieceChain {
  piece(bytes: Uint8Array, signature: string | undefined): void;
  trailer(text: string, signature: string | undefined): void;
}

function pieceChain({ key, signedAt, scope, signature }: PieceSigner): PieceChain {
  const nothing = hash("sha256", "", "hex");
  let previous = signature;
  const check = (toSign: string, given: string | undefined): void => {
    const expected = key.codeOf(toSign);
    if (
      given?.length !== expected.length ||
      !timingSafeEqual(Buffer.from(given), Buffer.from(expected))
    ) {
      throw new ServiceError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        403,
      );
    }
    previous = expected;
  };
  return {
    piece(bytes, given) {
      const content = hash("sha256", bytes, "hex");
      check(
        `AWS4-HMAC-SHA256-PAYLOAD\n${signedAt}\n${scope}\n${previous}\n${nothing}\n${content}`,
        given,
      );
    },
    trailer(text, given) {
      const content = hash("sha256", text, "hex");
      check(`AWS4-HMAC-SHA256-TRAILER\n${signedAt}\n${scope}\n${previous}\n${content}`, given);
    },
  };
}

/** Lines and counted bytes of a body. */
class FrameReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#source = body[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === undefined) throw incomplete();
    return line;
  }

  async lineOrEnd(): Promise<string | undefined> {
    let at = this.#held.indexOf("\r\n");
    while (at < 0) {
      if (this.#held.length > longestLine) throw incomplete();
      if (!(await this.#more())) return undefined;
      at = this.#held.indexOf("\r\n");
    }
    const line = this.#held.toString("latin1", 0, at);
    this.#held = this.#held.subarray(at + 2);
    return line;
  }

  async bytes(length: number): Promise<Buffer> {
    const parts: Buffer[] = [this.#held];
    let size = this.#held.length;
    while (size < length) {
      const { done, value } = await this.#source.next();
      if (done === true) throw incomplete();
      parts.push(Buffer.from(value));
      size += value.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts, size);
    this.#held = all.subarray(length);
    return all.subarray(0, length);
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done === true) return false;
    this.#held = Buffer.concat([this.#held, value]);
    return true;
  }
}
