import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClaimedSignature } from "../../iam/signature/read-signature.ts";
import { scopeText } from "../../iam/signature/verify-signature.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Logger } from "../../ports/logger.ts";
import {
  type ServiceApi,
  type ServiceApis,
  ServiceError,
  type ServiceInput,
} from "../../ports/service-api.ts";
import type { RefusedRequests } from "../audit/refused-requests.ts";
import type { Authenticator } from "../authentication/authenticator.ts";
import { originOf } from "../authentication/call-origin.ts";
import { callerOf } from "../caller.ts";
import type { OpenRequests } from "../open-requests.ts";
import { isQueryRequest } from "../query-protocol/query-protocol.ts";
import { readBody } from "../request-body.ts";
import { objectBody, type PieceSigner } from "./object-body.ts";
import type { BegunRequest, WrittenAnswer } from "./protocol.ts";
import { serviceErrorOf } from "./service-errors.ts";
import { type Destination, serviceDestinations } from "./service-of-request.ts";

export interface ServiceHttpOptions {
  readonly apis: readonly ServiceApi[];
  /** Performs their operations, asks who may, and writes down what was done. */
  readonly services: ServiceApis;
  readonly scope: ArnScope;
  readonly logger: Logger;
  readonly openRequests: OpenRequests;
  /** Finds out who calls; absent: nobody is asked who he is. */
  readonly authenticator?: Authenticator | undefined;
  readonly refused?: RefusedRequests | undefined;
}

/** AWS's other services on the endpoint of Step Functions. */
export interface ServiceHttp {
  /**
   * Answers the request, if it is for one of the services. `passOn`: what to do with a form whose body had to be read to find out
   * that it is not.
   */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    passOn: (body: Buffer) => void,
  ): boolean;
}

/** What is known of a request while it is answered. */
interface Exchange extends Destination {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  operation: string;
  caller?: Caller;
  /** From when on the audit log is somebody else's. */
  isCalled?: true;
}

const noBytes = Buffer.alloc(0);

export function createServiceHttp(options: ServiceHttpOptions): ServiceHttp {
  const { apis, services, scope, logger, openRequests, authenticator, refused } = options;
  const destinations = serviceDestinations(apis);

  async function answered(
    exchange: Exchange,
    readAlready: Buffer | undefined,
  ): Promise<WrittenAnswer> {
    const { api, protocol, incoming, response, request, requestId } = exchange;
    try {
      refusePages(incoming);
      const claimed = authenticator?.read(incoming, [api.signingName]);
      const begun = protocol.begin(request);
      exchange.operation = begun.operation ?? "";
      const { operation, input } =
        begun.isStreamed === true
          ? await streamedInput(exchange, claimed, begun)
          : await wholeInput(exchange, claimed, begun, readAlready);
      exchange.operation = operation;
      exchange.isCalled = true;
      const answer = await services.call(api.signingName, operation, input, {
        caller: exchange.caller ?? anonymous(incoming),
        requestId,
        signal: openRequests.signalFor(response),
      });
      return protocol.answer({ ...answer, status: answer.status ?? statusOf(exchange) }, exchange);
    } catch (thrown) {
      const cause = response.destroyed && !(thrown instanceof ServiceError) ? goneAway() : thrown;
      const error = serviceErrorOf(cause, protocol, { ...exchange, logger });
      if (exchange.isCalled === undefined) {
        refused?.note(incoming, {
          eventSource: `${api.signingName}.amazonaws.com`,
          eventName: exchange.operation,
          requestId,
          error,
          caller: exchange.caller,
        });
      }
      return protocol.error(error, exchange);
    }
  }

  async function wholeInput(
    exchange: Exchange,
    claimed: ClaimedSignature | undefined,
    begun: BegunRequest,
    readAlready: Buffer | undefined,
  ): Promise<{ readonly operation: string; readonly input: ServiceInput }> {
    const { incoming, protocol } = exchange;
    const body = readAlready ?? (await wholeBody(incoming, protocol.maxBodyBytes));
    exchange.caller = await callerOfRequest(incoming, claimed, body);
    if (exchange.api.signingName !== "s3") return begun.read(body);
    // Of S3 nobody has compared the body with what was signed yet.
    const signer = await pieceSigner(claimed);
    const parts: Uint8Array[] = [];
    for await (const part of objectBody(Readable.from([body]), incoming.headers, signer)) {
      parts.push(part);
    }
    return begun.read(Buffer.concat(parts));
  }

  async function streamedInput(
    exchange: Exchange,
    claimed: ClaimedSignature | undefined,
    begun: BegunRequest,
  ): Promise<{ readonly operation: string; readonly input: ServiceInput }> {
    const { incoming } = exchange;
    exchange.caller = await callerOfRequest(incoming, claimed, noBytes);
    const signer = await pieceSigner(claimed);
    // Whoever leaves the loop early still gets to see the answer.
    const body = incoming.iterator({ destroyOnReturn: false });
    const { operation, input } = begun.read(noBytes);
    const stream = objectBody(body, incoming.headers, signer);
    return { operation, input: { members: input.members, stream } };
  }

  async function pieceSigner(
    claimed: ClaimedSignature | undefined,
  ): Promise<PieceSigner | undefined> {
    if (claimed === undefined || authenticator === undefined) return undefined;
    const { signedAt, signature, objectPayload = "" } = claimed;
    if (!objectPayload.startsWith("STREAMING-AWS4-")) return undefined;
    const key = await authenticator.signingKeyOf(claimed);
    return { key, signedAt, signature, scope: scopeText(claimed.scope) };
  }

  async function callerOfRequest(
    incoming: IncomingMessage,
    claimed: ClaimedSignature | undefined,
    body: Uint8Array,
  ): Promise<Caller> {
    return claimed === undefined || authenticator === undefined
      ? anonymous(incoming)
      : authenticator.callerOf(claimed, incoming, body);
  }

  /** Who a request says that it comes from, where nobody asks him to prove it. */
  function anonymous(incoming: IncomingMessage): Caller {
    const { headers, url = "" } = incoming;
    const presigned = new URLSearchParams(url.slice(url.indexOf("?") + 1)).get("X-Amz-Credential");
    const authorization =
      headers.authorization ?? (presigned ? `AWS4-HMAC-SHA256 Credential=${presigned}` : undefined);
    return { ...callerOf({ ...headers, authorization }, scope), from: originOf(incoming) };
  }

  function begin(
    destination: Destination,
    incoming: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    readAlready?: Buffer,
  ): void {
    const exchange: Exchange = { ...destination, incoming, response, requestId, operation: "" };
    void answered(exchange, readAlready).then((written) => send(exchange, written, logger));
  }

  return {
    handle(incoming, response, requestId, passOn) {
      const destination = destinations.of(incoming);
      if (destination !== undefined) {
        begin(destination, incoming, response, requestId);
        return true;
      }
      const isOpenForm =
        authenticator === undefined && incoming.headers.authorization === undefined;
      // Forms at other addresses are people's, on the pages behind links, and webhooks'.
      const isAtRoot = incoming.method === "POST" && incoming.url === "/";
      if (!isOpenForm || !isAtRoot || !isQueryRequest(incoming)) return false;
      readBody(incoming, queryBodyBytes, (body) => {
        const found = body && destinations.ofForm(incoming, body.toString());
        if (found === undefined) passOn(body ?? noBytes);
        else begin(found, incoming, response, requestId, body);
      });
      return true;
    },
  };
}

/** Our choice: of forms without a signature, which only say in their bodies what they are for. */
const queryBodyBytes = 4 * 1024 * 1024;

/** *Documented*: S3's name for a client that has gone before its request was whole. Nobody reads it but the audit log. */
function goneAway(): ServiceError {
  return new ServiceError(
    "RequestTimeout",
    "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.",
  );
}

function statusOf({ api, operation }: Exchange): number {
  return api.operations[operation]?.http?.status ?? 200;
}

function wholeBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    readBody(incoming, maxBytes, (body) => {
      if (body !== undefined) resolve(body);
      else {
        const message = `A request may have at most ${maxBytes} bytes`;
        reject(new ServiceError("RequestEntityTooLarge", message, 413));
      }
    });
  });
}

/**
 * Refuses what a page in a browser sends: any page may send a form or a text to any address without asking first. A link to an object
 * that somebody opens is no page's.
 */
function refusePages({ headers, method }: IncomingMessage): void {
  const site = headers["sec-fetch-site"];
  const isOpened = site === "none" && (method === "GET" || method === "HEAD");
  if (headers.origin === undefined && (site === undefined || isOpened)) return;
  throw new ServiceError("AccessDeniedException", "Pages in browsers may not call this API", 403);
}

async function send(
  { incoming, response, requestId, protocol }: Exchange,
  { status, headers, body }: WrittenAnswer,
  logger: Logger,
): Promise<void> {
  const isStream = typeof body !== "string" && !(body instanceof Uint8Array);
  if (response.destroyed) {
    if (isStream) await body[Symbol.asyncIterator]().return?.();
    return;
  }
  if (!incoming.complete) {
    response.shouldKeepAlive = false;
    incoming.resume();
  }
  const hasBody = incoming.method !== "HEAD" && status !== 204 && status !== 304;
  response.writeHead(status, {
    ...(!isStream && hasBody && { "Content-Length": Buffer.byteLength(body) }),
    // Answers may have secrets in them. Of an object whoever wrote it says that.
    ...(protocol.signatureErrors !== "rest-xml" && { "Cache-Control": "no-store" }),
    "x-amzn-RequestId": requestId,
    "x-amz-request-id": requestId,
    ...headers,
  });
  if (!isStream) {
    response.end(hasBody ? body : undefined);
    return;
  }
  try {
    await pipeline(Readable.from(body), response);
  } catch (error) {
    // The connection is gone, which says as much to the client as can be said after its headers.
    logger.debug("an object could not be sent to its end", { requestId, error: String(error) });
  }
}
