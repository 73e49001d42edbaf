import type { IncomingMessage, ServerResponse } from "node:http";
import type { IamService } from "../../iam/operations/iam-service.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Logger } from "../../ports/logger.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { callerOf } from "../caller.ts";
import { readBody } from "../request-body.ts";
import { isQueryRequest, performQuery, type QueryAnswer, queryError } from "./query-protocol.ts";

/** Documented: the largest policy is 131,072 characters, of which each may take three bytes. Our choice: room for that and the rest. */
const maxBodyBytes = 512 * 1024;

export interface QueryHttpOptions {
  readonly iam: IamService;
  readonly scope: ArnScope;
  readonly logger: Logger;
  /** Who has signed a request for one of these services; throws AWS's refusal. Absent: nobody is asked who he is. */
  readonly authenticate?:
    | ((
        request: IncomingMessage,
        services: readonly string[],
        body: string,
      ) => Caller | Promise<Caller>)
    | undefined;
}

/** IAM's and STS's APIs over HTTP: forms at `POST /`, beside the API that speaks JSON. */
export interface QueryHttp {
  /** Answers the request, if it is of the query protocol. */
  handle(request: IncomingMessage, response: ServerResponse, requestId: string): boolean;
}

/** What requests may be signed for. */
const services = ["iam", "sts"];

export function createQueryHttp({ iam, scope, logger, authenticate }: QueryHttpOptions): QueryHttp {
  async function answerBody(
    request: IncomingMessage,
    body: string,
    requestId: string,
  ): Promise<QueryAnswer> {
    let caller: Caller;
    try {
      caller =
        authenticate === undefined
          ? callerOf(request.headers, scope)
          : await authenticate(request, services, body);
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      return queryError(refusalOf(thrown), requestId);
    }
    return performQuery(iam, body, caller, { requestId, logger });
  }

  return {
    handle(request, response, requestId) {
      if (!isQueryRequest(request)) return false;
      readBody(request, maxBodyBytes, (body) => {
        if (typeof body !== "string") {
          const message = `A request may have at most ${maxBodyBytes} bytes`;
          const refused = { code: "RequestEntityTooLarge", message, statusCode: 413 };
          answer(response, requestId, queryError(refused, requestId));
          return;
        }
        answerBody(request, body, requestId).then(
          (answered) => answer(response, requestId, answered),
          (error: unknown) => {
            logger.error("a caller could not be found out", { requestId, error: String(error) });
            const message = "The server made a mistake; its log says more";
            const failed = { code: "InternalFailure", message, statusCode: 500 };
            answer(response, requestId, queryError(failed, requestId));
          },
        );
      });
      return true;
    },
  };
}

/** *Documented*: what the query protocol calls the refusals of signatures, which JSON calls otherwise; all are 403 but one. */
const refusalCodes: { readonly [code: string]: readonly [code: string, statusCode: number] } = {
  MissingAuthenticationTokenException: ["MissingAuthenticationToken", 403],
  IncompleteSignatureException: ["IncompleteSignature", 400],
  InvalidSignatureException: ["SignatureDoesNotMatch", 403],
  UnrecognizedClientException: ["InvalidClientTokenId", 403],
  ExpiredTokenException: ["ExpiredToken", 403],
  AccessDeniedException: ["AccessDenied", 403],
  ThrottlingException: ["Throttling", 400],
};

function refusalOf({ code, message, statusCode }: ApiError) {
  const [queryCode = code, queryStatus = statusCode] = Object.hasOwn(refusalCodes, code)
    ? (refusalCodes[code] ?? [])
    : [];
  return { code: queryCode, message, statusCode: queryStatus };
}

function answer(response: ServerResponse, requestId: string, { status, body }: QueryAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    "Content-Type": "text/xml",
    "Content-Length": Buffer.byteLength(body),
    // Answers have secrets in them.
    "Cache-Control": "no-store",
    "x-amzn-RequestId": requestId,
  });
  response.end(body);
}
