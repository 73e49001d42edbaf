import type { IncomingMessage } from "node:http";
import { IamError } from "../../iam/operations/iam-error.ts";
import type { IamService, IamServiceName } from "../../iam/operations/iam-service.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Logger } from "../../ports/logger.ts";
import { StoreFailure } from "../../ports/store.ts";
import { MalformedForm, parseForm } from "./parse-form.ts";
import { escaped, xmlOf } from "./write-xml.ts";

export const formContentType = "application/x-www-form-urlencoded";

/** What a request of the protocol is answered with. */
export interface QueryAnswer {
  readonly status: number;
  readonly body: string;
}

/** The APIs that are told by the version that a request names. */
const versions: { readonly [version: string]: IamServiceName } = {
  "2010-05-08": "iam",
  "2011-06-15": "sts",
};

const namespaces: { readonly [S in IamServiceName]: string } = {
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
};

/**
 * How the answer is written: XML, or JSON where a request accepts nothing else. *Our choice*, for clients without the AWS SDK: then
 * the body is the result itself, or `__type` and `message` of an error.
 */
export type AnswerFormat = "xml" | "json";

export function formatOf({ headers }: IncomingMessage): AnswerFormat {
  return headers.accept === "application/json" ? "json" : "xml";
}

/** Whether a request is of the AWS query protocol: IAM's and STS's, where the others speak JSON. */
export function isQueryRequest(request: IncomingMessage): boolean {
  const given = request.headers["content-type"];
  return given?.split(";", 1)[0]?.trim().toLowerCase() === formContentType;
}

/** Performs what a form asks for; resolves with what to answer, whatever happens. */
export async function performQuery(
  iam: IamService,
  body: string,
  caller: Caller,
  {
    requestId,
    format,
    logger,
    refused,
  }: {
    readonly requestId: string;
    readonly format: AnswerFormat;
    readonly logger: Logger;
    /** Told of what is refused before it is a call of an API. */
    readonly refused?: (action: string, error: AnsweredError) => void;
  },
): Promise<QueryAnswer> {
  let service: IamServiceName = "iam";
  let action = "";
  let isCalled = false;
  try {
    const { Action, Version, ...input } = parseForm(body);
    if (typeof Action !== "string" || typeof Version !== "string") {
      throw new IamError(
        "MissingAction",
        "The request must contain the parameters Action and Version",
      );
    }
    const named = Object.hasOwn(versions, Version) ? versions[Version] : undefined;
    if (named === undefined) {
      throw new IamError(
        "InvalidAction",
        `Could not find operation ${Action} for version ${Version}`,
      );
    }
    [service, action] = [named, Action];
    isCalled = true;
    const result = await iam.call(service, action, input, caller, requestId);
    if (format === "json") return { status: 200, body: JSON.stringify(result) };
    return {
      status: 200,
      body:
        `<${action}Response xmlns="${namespaces[service]}"><${action}Result>${xmlOf(result)}</${action}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
    };
  } catch (thrown) {
    const error = shownError(thrown, action, requestId, logger);
    if (!isCalled) refused?.(action, error);
    return queryError(error, { requestId, format }, service);
  }
}

export type AnsweredError = Pick<IamError, "code" | "message" | "statusCode">;

/** An error as the protocol has it. */
export function queryError(
  { code, message, statusCode }: AnsweredError,
  { requestId, format }: { readonly requestId: string; readonly format: AnswerFormat },
  service: IamServiceName = "iam",
): QueryAnswer {
  if (format === "json") {
    return { status: statusCode, body: JSON.stringify({ __type: code, message }) };
  }
  const type = statusCode >= 500 ? "Receiver" : "Sender";
  return {
    status: statusCode,
    body:
      `<ErrorResponse xmlns="${namespaces[service]}"><Error><Type>${type}</Type><Code>${escaped(code)}</Code>` +
      `<Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

/** What the caller gets to see of an error: its own mistakes in full, ours only as such. */
function shownError(
  thrown: unknown,
  action: string,
  requestId: string,
  logger: Logger,
): Pick<IamError, "code" | "message" | "statusCode"> {
  if (thrown instanceof IamError) return thrown;
  if (thrown instanceof MalformedForm) {
    return { code: "MalformedInput", message: thrown.message, statusCode: 400 };
  }
  const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  logger.error("an operation of IAM failed unexpectedly", { action, requestId, error: details });
  return thrown instanceof StoreFailure
    ? {
        code: "ServiceUnavailable",
        message: "The server's store does not answer; its log says more",
        statusCode: 503,
      }
    : {
        code: "InternalFailure",
        message: `The server made a mistake; its log says more about the request ${requestId}`,
        statusCode: 500,
      };
}
