import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type ArnScope, scopeOf } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import { originOf } from "../authentication/call-origin.ts";

/** A request of whoever uses the console, about what is in a Region; the server's own where none is named. */
export function consoleContext(
  request: IncomingMessage,
  scope: ArnScope,
  region: string | undefined,
  caller: Caller | undefined,
): RequestContext {
  if (region !== undefined && !/^[a-z0-9-]{1,64}$/.test(region)) {
    throw errors.validation(`'${region}' is no Region`);
  }
  const place = region === undefined ? scope : scopeOf(region, scope.accountId);
  const from = originOf(request);
  return { caller: { principal: { type: "anonymous" }, from, ...caller, ...place } };
}

/** Whoever has a link was given it by somebody who may: he acts for the server's owner. */
export function linkContext(request: IncomingMessage, scope: ArnScope): RequestContext {
  return {
    caller: { ...scope, principal: { type: "owner" }, from: originOf(request) },
    requestId: randomUUID(),
  };
}
