import type { ServiceApi } from "../../ports/service-api.ts";
import { unknownOperation } from "../../aws-services/service-apis.ts";
import { jsonMembers, parseMembers } from "./json-members.ts";
import type { Protocol } from "./protocol.ts";

/** Our choice: a batch of log events is 1 MB, which JSON may write as six. */
const maxBodyBytes = 6 * 1024 * 1024;

/** AWS JSON 1.0 and 1.1: `X-Amz-Target: AmazonSSM.GetParameter`. */
export function jsonProtocol(
  { signingName }: Pick<ServiceApi, "signingName">,
  version: "1.0" | "1.1",
): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    maxBodyBytes,
    signatureErrors: "json",

    begin({ headers }) {
      const target = String(headers["x-amz-target"] ?? "");
      const operation = target.slice(target.lastIndexOf(".") + 1);
      if (operation === "") throw unknownOperation(signingName, "");
      return { operation, read: (body) => ({ operation, input: { members: parseMembers(body) } }) };
    },

    answer: ({ members = {}, headers, status = 200 }) => ({
      status,
      headers: { "Content-Type": contentType, ...headers },
      body: JSON.stringify(jsonMembers(members)),
    }),

    error({ code, message, statusCode, members = {} }) {
      // *Documented*: of these protocols a refusal is 400 like any other mistake of the caller's.
      const status = statusCode >= 400 && statusCode < 500 ? 400 : statusCode;
      return {
        status,
        headers: { "Content-Type": contentType, "x-amzn-errortype": code },
        body: JSON.stringify({ __type: code, message, ...jsonMembers(members) }),
      };
    },
  };
}
