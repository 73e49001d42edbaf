import type { IncomingHttpHeaders } from "node:http";
import { type ArnScope, scopeOf } from "../machine/arns.ts";
import type { Caller } from "../ports/caller.ts";

/**
 * The scope of a signature: `Credential=KEY/20261127/eu-west-1/states/aws4_request`; one for several Regions (version 4A) has no
 * Region in it. Documented: AWS Signature Version 4.
 */
const credential =
  /^AWS4-[A-Z0-9-]+\s.*?\bCredential=([^/\s,=]+)\/\d{8}\/(?:([a-z0-9-]+)\/)?[a-z0-9-]+\/aws4_request(?:,|\s|$)/;

/**
 * Who a request says that it comes from. Our choice: signatures are not verified, and a request without one, or with
 * one that cannot be read, is anonymous rather than refused.
 */
export function callerOf(headers: IncomingHttpHeaders, scope: ArnScope): Caller {
  const [, accessKeyId, region = scope.region] = credential.exec(headers.authorization ?? "") ?? [];
  return {
    ...scopeOf(region, scope.accountId),
    principal:
      accessKeyId === undefined ? { type: "anonymous" } : { type: "accessKey", accessKeyId },
  };
}
