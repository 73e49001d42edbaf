import { type ServiceApi, ServiceError } from "../../ports/service-api.ts";
import { httpBindings } from "./http-binding.ts";
import { jsonMembers, parseMembers } from "./json-members.ts";
import type { Protocol } from "./protocol.ts";

/** *Documented*: Lambda, 50 MB of a zipped function; a third more in base64. */
const maxBodyBytes = 70 * 1024 * 1024;

/** REST with bodies in JSON. */
export function restJsonProtocol({ signingName, operations }: ServiceApi): Protocol {
  const boundOf = httpBindings(operations);
  return {
    maxBodyBytes,
    signatureErrors: "rest-json",

    begin(request) {
      const bound = boundOf(request);
      if (bound === undefined) {
        throw new ServiceError(
          "UnknownOperationException",
          `Stepwell has no operation of the service '${signingName}' at ${request.method} ${request.path}. docs/aws-endpoint.md lists those that it has.`,
          404,
        );
      }
      const { operation, http, members } = bound;
      return {
        operation,
        read: (body) => ({
          operation,
          input:
            http.payload === undefined
              ? { members: { ...parseMembers(body), ...members } }
              : { members, payload: body },
        }),
      };
    },

    answer({ members, payload, headers, status = 200 }) {
      return {
        status,
        headers: { "Content-Type": "application/json", ...headers },
        body: payload ?? (status === 204 ? "" : JSON.stringify(jsonMembers(members ?? {}))),
      };
    },

    error: ({ code, message, statusCode, members = {} }) => ({
      status: statusCode,
      headers: { "Content-Type": "application/json", "x-amzn-errortype": code },
      // SDKs of Lambda look for the second spelling.
      body: JSON.stringify({ message, Message: message, ...jsonMembers(members) }),
    }),
  };
}
