import { createHmac, timingSafeEqual } from "node:crypto";
import type { JsonValue } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { exactBytes } from "../../runtime/exact-bytes.ts";
import { errors } from "../errors/errors.ts";

/**
 * Paging tokens: where a listing goes on, sealed, so that a caller can neither read meaning into them nor make one.
 *
 * `listing` names the listing that the token belongs to (operation and its arguments); it is not in the token but in
 * its seal. Documented: a token is good for 24 hours, and with the same arguments only. Observed: any other is
 * `InvalidToken`, whatever is wrong with it.
 */
export interface PageTokens {
  seal(listing: string, position: JsonValue, now: EpochMs): string;
  open(listing: string, token: string, now: EpochMs): JsonValue;
}

const validityMs = 24 * 60 * 60 * 1000;
/** Half of a SHA-256: 128 bits cannot be guessed, and the token must stay below 1,024 characters. */
const sealBytes = 16;

export function pageTokens(secret: string): PageTokens {
  const key = Buffer.from(secret, "base64");

  function sealOf(listing: string, body: string): Buffer {
    const mac = createHmac("sha256", key)
      .update("page\0")
      .update(listing)
      .update("\0")
      .update(body);
    return mac.digest().subarray(0, sealBytes);
  }

  return {
    seal(listing, position, now) {
      const body = Buffer.from(JSON.stringify([now, position])).toString("base64url");
      return `${body}.${sealOf(listing, body).toString("base64url")}`;
    },

    open(listing, token, now) {
      const dot = token.indexOf(".");
      const body = token.slice(0, dot);
      const seal = dot < 0 ? undefined : exactBytes(token.slice(dot + 1), "base64url");
      if (seal?.length !== sealBytes || !timingSafeEqual(seal, sealOf(listing, body))) {
        throw errors.invalidToken();
      }
      const [sealedAt, position] = JSON.parse(Buffer.from(body, "base64url").toString()) as [
        EpochMs,
        JsonValue,
      ];
      if (now - sealedAt > validityMs) throw errors.invalidToken();
      return position;
    },
  };
}
