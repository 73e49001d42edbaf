import type { IncomingMessage, ServerResponse } from "node:http";
import { refusalCodes } from "../../iam/signature/refusal.ts";
import type { ClaimedSignature } from "../../iam/signature/read-signature.ts";
import type { IamService } from "../../iam/operations/iam-service.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Caller } from "../../ports/caller.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import type { RefusedRequests } from "../audit/refused-requests.ts";
import { type Authenticator, SignatureError } from "../authentication/authenticator.ts";
import { originOf } from "../authentication/call-origin.ts";
import { callerOf } from "../caller.ts";
import { readBody } from "../request-body.ts";
import {
  type AnsweredError,
  type AnswerFormat,
  formatOf,
  isQueryRequest,
  performQuery,
  type QueryAnswer,
  queryError,
} from "./query-protocol.ts";

/** Documented: the largest policy is 131,072 characters, of which each may take three bytes. Our choice: room for that and the rest. */
const maxBodyBytes = 512 * 1024;

export interface QueryHttpOptions {
  readonly iam: IamService;
  readonly scope: ArnScope;
  readonly logger: Logger;
  /** Finds out who calls; absent: nobody is asked who he is. */
  readonly authenticator?: Authenticator | undefined;
  readonly refused?: RefusedRequests | undefined;
}

/** IAM's and STS's APIs over HTTP: forms at `POST /`, beside the API that speaks JSON. */
export interface QueryHttp {
  /** Answers the request, if it is of the query protocol. */
  handle(request: IncomingMessage, response: ServerResponse, requestId: string): boolean;
  /** Answers a request of the protocol of which somebody has read the body. */
  handleRead(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    body: Buffer,
  ): void;
}

/** What requests may be signed for. */
const services = ["iam", "sts"];

export function createQueryHttp({
  iam,
  scope,
  logger,
  authenticator,
  refused,
}: QueryHttpOptions): QueryHttp {
  function note(
    request: IncomingMessage,
    requestId: string,
    error: AnsweredError,
    more: { readonly action?: string; readonly caller?: Caller } = {},
  ): void {
    const { action = "", caller } = more;
    // Before a body is read nobody knows which of the two it is for.
    refused?.note(request, {
      eventSource: "iam.amazonaws.com",
      eventName: action,
      requestId,
      error,
      caller,
    });
  }

  async function answered(
    claimed: ClaimedSignature | undefined,
    request: IncomingMessage,
    body: Buffer,
    requestId: string,
  ): Promise<QueryAnswer> {
    const format = formatOf(request);
    try {
      const caller =
        claimed === undefined || authenticator === undefined
          ? { ...callerOf(request.headers, scope), from: originOf(request) }
          : await authenticator.callerOf(claimed, request, body);
      return await performQuery(iam, body.toString(), caller, {
        requestId,
        format,
        logger,
        refused: (action, error) => note(request, requestId, error, { action, caller }),
      });
    } catch (thrown) {
      const error = refusalOf(thrown, requestId, logger);
      note(request, requestId, error);
      return queryError(error, { requestId, format });
    }
  }

  /** `whenRead` is told of the body once it is there. */
  function handleWith(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    whenRead: (done: (body: Buffer | undefined) => void) => void,
  ): void {
    const written = { requestId, format: formatOf(request) };
    let claimed: ClaimedSignature | undefined;
    try {
      refusePages(request);
      claimed = authenticator?.read(request, services);
    } catch (thrown) {
      // Nobody reads its body: the connection cannot be used for another request.
      response.shouldKeepAlive = false;
      request.resume();
      const error = refusalOf(thrown, requestId, logger);
      note(request, requestId, error);
      answer(response, written, queryError(error, written));
      return;
    }
    whenRead((body) => {
      if (body === undefined || body.length > maxBodyBytes) {
        const message = `A request may have at most ${maxBodyBytes} bytes`;
        const tooLarge = { code: "RequestEntityTooLarge", message, statusCode: 413 };
        note(request, requestId, tooLarge);
        answer(response, written, queryError(tooLarge, written));
        return;
      }
      void answered(claimed, request, body, requestId).then((result) =>
        answer(response, written, result),
      );
    });
  }

  return {
    handle(request, response, requestId) {
      if (!isQueryRequest(request)) return false;
      handleWith(request, response, requestId, (done) => readBody(request, maxBodyBytes, done));
      return true;
    },
    handleRead: (request, response, requestId, body) =>
      handleWith(request, response, requestId, (done) => done(body)),
  };
}

/**
 * Refuses what a page in a browser sends. Any page may send a form to any address without asking first, where nobody is asked who
 * he is also to this one; the type of the other API's requests it may not.
 */
function refusePages({ headers }: IncomingMessage): void {
  if (headers.origin === undefined && headers["sec-fetch-site"] === undefined) return;
  throw new ApiError("AccessDenied", "Pages in browsers may not call this API", undefined, 403);
}

/** A refusal of the edge as the query protocol has it. *Documented*: common errors of IAM, all 403 but for the incomplete. */
function refusalOf(thrown: unknown, requestId: string, logger: Logger) {
  if (thrown instanceof SignatureError) {
    const { refused, message } = thrown.refusal;
    return {
      code: refusalCodes[refused].query,
      message,
      statusCode: refused === "incomplete" ? 400 : 403,
    };
  }
  if (thrown instanceof ApiError) {
    const { code, message, statusCode } = thrown;
    return { code: code.replace(/Exception$/, ""), message, statusCode };
  }
  logger.error("a caller could not be found out", { requestId, error: String(thrown) });
  const message = "The server made a mistake; its log says more";
  return { code: "InternalFailure", message, statusCode: 500 };
}

function answer(
  response: ServerResponse,
  { requestId, format }: { readonly requestId: string; readonly format: AnswerFormat },
  { status, body }: QueryAnswer,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    "Content-Type": format === "json" ? "application/json" : "text/xml",
    "Content-Length": Buffer.byteLength(body),
    // Answers have secrets in them.
    "Cache-Control": "no-store",
    "x-amzn-RequestId": requestId,
  });
  response.end(body);
}
