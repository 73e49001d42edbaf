import type { EpochMs } from "../../machine/ids.ts";

/** Who signed in, as the way he came by said it. What he may is found out with each request. */
export type Person =
  | {
      readonly type: "user";
      readonly userName: string;
      /** Another user of this name is not meant. */
      readonly userId: string;
      /** See `LoginProfile`. */
      readonly passwordSetAt: EpochMs;
    }
  | {
      readonly type: "openid";
      readonly issuer: string;
      /** Never given to another person by this issuer. */
      readonly subject: string;
      /** What he is called: `alice@example.com`. */
      readonly name: string;
      /** Those of his groups that roles are mapped to. */
      readonly groups: readonly string[];
    };

/** The same for the same person, whatever he is called. */
export function personKey(person: Person): string {
  return person.type === "user"
    ? `user ${person.userId}`
    : `openid ${person.issuer} ${person.subject}`;
}
