import { userArn } from "../../ports/caller.ts";
import type { RequestContext } from "../../service/operation.ts";

/**
 * What was sent, in the name of whoever is known to have sent it: a user, or the session of a role. What others call themselves
 * is a note, where nobody is asked who he is.
 */
export function inOwnName(body: unknown, { caller }: RequestContext): unknown {
  const isKnown = caller?.principal.type === "user" || caller?.principal.type === "assumedRole";
  if (!isKnown || typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return { ...body, name: userArn(caller).split("/").at(-1) ?? "" };
}
