import type { AssumedRolePrincipal, UserPrincipal } from "../../ports/caller.ts";

/**
 * Who knows the access keys that requests are signed with. Nothing is checked here but that the key may be used at all: whether
 * the request is signed with it is found out by whoever asks.
 */
export interface Credentials {
  /**
   * The key of a user (or of this process's owner) with that id; `undefined`: there is none, or it is inactive. A promise only where
   * something has to be read first: this is on the path of every request.
   */
  keyOf(accessKeyId: string): KnownKey | undefined | Promise<KnownKey | undefined>;
  /**
   * What a session token says; `undefined`: it is not one of ours, or its role is gone or has revoked it. One that has expired is
   * answered, with its end, so that its owner can be told so.
   */
  openSession(token: string): KnownSession | undefined | Promise<KnownSession | undefined>;
  /** Told of each request that was signed rightly with a key, for the day of its last use; must not take time. */
  used?(accessKeyId: string, use: KeyUse): void;
}

/** *Documented*: `GetAccessKeyLastUsed`. */
export interface KeyUse {
  readonly at: number;
  readonly region: string;
  /** `states`. */
  readonly service: string;
}

export interface KnownKey {
  readonly secretAccessKey: string;
  /** Who the key makes its user; the same object each time spares a copy, as it goes into the caller as it is. */
  readonly principal: SignedPrincipal;
}

export interface KnownSession extends KnownKey {
  /** `ASIA…`: the request must be signed with this key. */
  readonly accessKeyId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Who can sign a request. */
export type SignedPrincipal = UserPrincipal | AssumedRolePrincipal | { readonly type: "owner" };
