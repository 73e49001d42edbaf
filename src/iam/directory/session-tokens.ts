import type { Sealer } from "./sealer.ts";
import { newSecret, uniqueId } from "./unique-ids.ts";

const context = "iam.session";

/** *Documented*: a token may have up to 4,096 bytes of what is packed into it. Our choice: as much, and what the seal takes. */
const longestToken = 8_192;
/** Our choice: the tokens that are remembered opened. */
const openedTokens = 10_000;

/** What a session token says: the whole session, since nobody else remembers it. */
export type IssuedSession = RoleSession | UserSession;

/** The key that a session signs with, and how long. */
interface SessionKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Of a role: `AssumeRole`. */
export interface RoleSession extends SessionKey {
  readonly roleArn: string;
  /** Of the role that was assumed: another role of its name is not meant. */
  readonly roleId: string;
  readonly sessionName: string;
  /** JSON texts. */
  readonly policies?: readonly string[];
  readonly tags?: { readonly [key: string]: string };
  /** Those of them that go on to a session that this one begins. */
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  readonly externalId?: string;
  /** The ARN of whoever assumed it. */
  readonly assumedBy: string;
}

/** Of a user himself: `GetSessionToken`. */
export interface UserSession extends SessionKey {
  readonly userArn: string;
  /** Another user of this name is not meant. */
  readonly userId: string;
}

/** A session that has no key yet. */
export type NewSession<S extends IssuedSession> = Omit<S, "accessKeyId" | "secretAccessKey">;

export interface SessionTokens {
  /** A session with a key of its own and its token; `undefined` if it has more to say than a token may. */
  issue<S extends IssuedSession>(
    session: NewSession<S>,
  ): { readonly session: NewSession<S> & SessionKey; readonly token: string } | undefined;
  /** The same object for the same token, while it is remembered. `undefined` for what is none of ours. */
  open(token: string): IssuedSession | undefined;
}

export function createSessionTokens(sealer: Sealer): SessionTokens {
  const opened = new Map<string, IssuedSession>();
  return {
    issue(session) {
      const whole = {
        ...session,
        accessKeyId: uniqueId("sessionKey"),
        secretAccessKey: newSecret(),
      };
      const token = sealer.seal(JSON.stringify(whole), context);
      return token.length > longestToken ? undefined : { session: whole, token };
    },
    open(token) {
      const known = opened.get(token);
      if (known !== undefined) return known;
      if (token.length > longestToken) return undefined;
      const text = sealer.open(token, context);
      if (text === undefined) return undefined;
      const session = JSON.parse(text) as IssuedSession;
      const [oldest] = opened.keys();
      if (opened.size >= openedTokens && oldest !== undefined) opened.delete(oldest);
      opened.set(token, session);
      return session;
    },
  };
}
