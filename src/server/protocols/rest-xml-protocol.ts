import {
  type HttpBinding,
  type ServiceApi,
  ServiceError,
  type ServiceMembers,
  type ServiceValue,
} from "../../ports/service-api.ts";
import { escaped, isList } from "../query-protocol/write-xml.ts";
import { httpBindings } from "./http-binding.ts";
import { parseXml } from "./parse-xml.ts";
import { type Protocol, type ServiceRequest, xmlCode } from "./protocol.ts";

/** Our choice: for what is no object. DeleteObjects may name a thousand keys of a kilobyte. */
const maxBodyBytes = 4 * 1024 * 1024;

/** What an object says to a browser must not be said in this server's name: it runs no scripts, and nobody guesses its type. */
const objectHeaders = { "Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff" };

/** REST with bodies in XML: S3's. */
export function restXmlProtocol({ operations }: ServiceApi, namespace: string): Protocol {
  const boundOf = httpBindings(operations);
  return {
    maxBodyBytes,
    signatureErrors: "rest-xml",

    begin(request) {
      const bound = boundOf(request);
      if (bound === undefined || asksForMore(bound.http, request)) throw notImplemented(request);
      const { operation, http, members } = bound;
      return {
        operation,
        isStreamed: http.streams === true,
        read(body) {
          if (http.streams === true || http.payload !== undefined) {
            return { operation, input: { members, payload: body } };
          }
          const document = body.length === 0 ? {} : parseXml(Buffer.from(body).toString());
          return { operation, input: { members: { ...document, ...members } } };
        },
      };
    },

    answer({ members, payload, stream, headers, status = 200 }) {
      const body =
        stream ?? payload ?? (members === undefined ? "" : documentOf(members, namespace));
      return {
        status,
        headers: {
          ...(members !== undefined && { "Content-Type": "application/xml" }),
          ...objectHeaders,
          ...headers,
        },
        body,
      };
    },

    error(error, { requestId }) {
      const { message, statusCode, members = {} } = error;
      return {
        status: statusCode,
        headers: { "Content-Type": "application/xml", ...objectHeaders },
        body:
          `${declaration}<Error><Code>${escaped(xmlCode(error))}</Code><Message>${escaped(message)}</Message>` +
          `${elements(members)}<RequestId>${requestId}</RequestId></Error>`,
      };
    },
  };
}

/** *Documented*: what parameters of S3 make another operation of a request, of those that are not here. */
const otherOperations = new Set(
  "analytics attributes intelligent-tiering inventory legal-hold metadataConfiguration metadataTable metrics policyStatus restore retention select session torrent versionId versions".split(
    " ",
  ),
);

function asksForMore({ markers = [] }: HttpBinding, { query }: ServiceRequest): boolean {
  return [...query].some(
    ([name, value]) =>
      otherOperations.has(name) &&
      !markers.includes(name) &&
      // The version of what has none.
      (name !== "versionId" || value !== "null"),
  );
}

/** *Documented*: S3's name for what it does not have. The words are ours. */
function notImplemented({
  method,
  query,
}: {
  readonly method: string;
  readonly query: URLSearchParams;
}): ServiceError {
  const markers = [...query.keys()].filter((name) => !name.startsWith("X-Amz-")).join(", ");
  return new ServiceError(
    "NotImplemented",
    `Stepwell has no operation of S3 for this ${method}${markers === "" ? "" : ` with ${markers}`}. docs/aws-endpoint.md lists those that it has.`,
    501,
  );
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

function documentOf(members: ServiceMembers, namespace: string): string {
  const [[root, value] = ["", ""]] = Object.entries(members);
  return `${declaration}<${root} xmlns="${namespace}">${contentOf(value)}</${root}>`;
}

function elements(members: ServiceMembers): string {
  return Object.entries(members)
    .map(([name, value]) => {
      if (value === undefined || value === null) return "";
      const values = isList(value) ? value : [value];
      return values.map((each) => `<${name}>${contentOf(each)}</${name}>`).join("");
    })
    .join("");
}

function contentOf(value: ServiceValue): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Date) return value.toISOString();
  // Only elements are repeated.
  if (isList(value)) return "";
  return typeof value === "object" ? elements(value) : escaped(String(value));
}
