import { createHash } from "node:crypto";
import type { Claims } from "./openid-provider.ts";
import { type OpenIdSettings, usualRolesClaim } from "./openid-settings.ts";
import type { Person } from "./person.ts";

/** Our choice: a name that is shown and written down. */
const longestName = 256;

/** The person that a provider's claims are about. */
export function personOfClaims(
  claims: Claims,
  { rolesClaim = usualRolesClaim, nameClaim, roles }: OpenIdSettings,
): Person {
  return {
    type: "openid",
    issuer: claims.iss,
    subject: claims.sub,
    name: nameOf(claims, nameClaim).slice(0, longestName),
    groups: textsOf(claims[rolesClaim]).filter((group) => Object.hasOwn(roles, group)),
  };
}

/** An address that nobody has looked whether it is his is what somebody has typed. */
function nameOf(claims: Claims, nameClaim: string | undefined): string {
  const email = claims["email_verified"] === false ? undefined : claims["email"];
  const candidates =
    nameClaim === undefined ? [email, claims["preferred_username"]] : [claims[nameClaim]];
  const name = candidates.find((value) => typeof value === "string" && value !== "");
  return typeof name === "string" ? name : claims.sub;
}

function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === "string");
}

/** *Documented*: IAM, names of sessions. */
const longestSessionName = 64;

/**
 * The name of a person's session of a role. Our choice: one that cannot have his name as it is has a part of a hash in it, so that
 * no two persons have the same.
 */
export function sessionNameOf({
  name,
  issuer,
  subject,
}: Person & { readonly type: "openid" }): string {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name;
  const hash = createHash("sha256").update(`${issuer} ${subject}`).digest("hex").slice(0, 12);
  const readable = name.replace(/[^\w+=,.@-]/g, "-").slice(0, longestSessionName - hash.length - 1);
  return `${readable}-${hash}`;
}
