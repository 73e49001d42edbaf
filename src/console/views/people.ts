/** Who uses the console; absent in the session where nobody is asked who he is. */
export interface MeView {
  /** What he is called: a user's name, or what his provider says. */
  readonly name: string;
  /** As policies and the audit log have him. */
  readonly arn: string;
  /** The role that he acts in; absent for a user. */
  readonly role?: string;
  /** Those that he may act in. */
  readonly roles: readonly string[];
  /** He has signed in with a password that he can change here. */
  readonly hasPassword?: true;
}

/** How people sign in. */
export interface SignInView {
  /** What the provider is called; absent: there is none. */
  readonly providerLabel?: string;
}

/** A browser that somebody is signed in with. */
export interface BrowserView {
  /** Names it, and opens nothing. */
  readonly handle: string;
  readonly name: string;
  readonly role?: string;
  /** The provider; absent for a user. */
  readonly issuer?: string;
  readonly startedAt: number;
  readonly lastUsedAt: number;
  readonly sourceIp: string;
  readonly userAgent?: string;
  /** The one that asks. */
  readonly isCurrent?: true;
  readonly isOwn?: true;
}
