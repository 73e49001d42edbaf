import { cborOf, parseCbor } from "./cbor.ts";
import type { Protocol } from "./protocol.ts";

/** Our choice. *Documented*: PutMetricData takes 1 MB. */
const maxBodyBytes = 2 * 1024 * 1024;

const headers = { "Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };

/** *Documented*: Smithy RPC v2 CBOR, `POST /service/GraniteServiceVersion20100801/operation/GetMetricData`. */
export const rpcPath = /^\/service\/[\w.]+\/operation\/(\w+)$/;

/** Newer clients of CloudWatch speak it. */
export const rpcCborProtocol: Protocol = {
  maxBodyBytes,
  signatureErrors: "json",

  begin({ path }) {
    const operation = rpcPath.exec(path)?.[1] ?? "";
    return { operation, read: (body) => ({ operation, input: { members: parseCbor(body) } }) };
  },

  answer: ({ members = {}, status = 200 }) => ({ status, headers, body: cborOf(members) }),

  error: ({ code, message, statusCode, members = {} }) => ({
    status: statusCode >= 400 && statusCode < 500 ? 400 : statusCode,
    headers,
    body: cborOf({ __type: code, message, ...members }),
  }),
};
