import type { JsonObject } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { MalformedForm, parseForm } from "../query-protocol/parse-form.ts";
import { escaped, xmlOf } from "../query-protocol/write-xml.ts";
import { type Protocol, xmlCode } from "./protocol.ts";

/** Our choice: a template is at most 1 MB, which a form may write as three. */
const maxBodyBytes = 4 * 1024 * 1024;

/** The AWS query protocol: forms, answered in XML of the namespace. */
export function queryProtocol(namespace: string): Protocol {
  return {
    maxBodyBytes,
    signatureErrors: "query",

    begin: ({ query }) => ({
      read(body) {
        const { Action, Version, ...members } = parsedForm(
          body.length > 0 ? Buffer.from(body).toString() : query.toString(),
        );
        if (typeof Action !== "string" || typeof Version !== "string") {
          throw new ServiceError(
            "MissingAction",
            "The request must contain the parameters Action and Version",
          );
        }
        return { operation: Action, input: { members } };
      },
    }),

    answer: ({ members = {}, headers, status = 200 }, { operation, requestId }) => ({
      status,
      headers: { "Content-Type": "text/xml", ...headers },
      body:
        `<${operation}Response xmlns="${namespace}"><${operation}Result>${xmlOf(members)}</${operation}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
    }),

    error(error, { requestId }) {
      const { message, statusCode } = error;
      return {
        status: statusCode,
        headers: { "Content-Type": "text/xml" },
        body:
          `<ErrorResponse xmlns="${namespace}"><Error><Type>${statusCode >= 500 ? "Receiver" : "Sender"}</Type>` +
          `<Code>${escaped(xmlCode(error))}</Code><Message>${escaped(message)}</Message></Error>` +
          `<RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    },
  };
}

function parsedForm(body: string): JsonObject {
  try {
    return parseForm(body);
  } catch (error) {
    if (error instanceof MalformedForm) throw new ServiceError("MalformedInput", error.message);
    throw error;
  }
}
