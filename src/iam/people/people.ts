import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import type { AssumedRolePrincipal, UserPrincipal } from "../../ports/caller.ts";
import type { IamDirectory } from "../directory/iam-directory.ts";
import type { LoginProfile, RoleRecord, UserRecord } from "../directory/records.ts";
import type { Sealer } from "../directory/sealer.ts";
import { changePassword } from "../operations/iam/login-profiles.ts";
import { principalOf, rolesOf } from "./acting-as.ts";
import { type Leaving, openIdProvider } from "./openid-provider.ts";
import type { OpenIdSettings } from "./openid-settings.ts";
import type { Passwords } from "./passwords.ts";
import type { Person } from "./person.ts";
import { personOfClaims } from "./person-of-claims.ts";
import {
  type BrowserSession,
  handleOf,
  type SeenBrowser,
  SessionStore,
  type StoredSession,
} from "./session-store.ts";

/** Our choice: how long somebody may take at the provider. */
const leavingMs = 10 * 60_000;
const leavingContext = "people.leaving";
/** Our choice: what has ended opens nothing, and is only in the way. */
const sweepMs = 10 * 60_000;

/** Why somebody is not signed in. The words are his page's. */
export type SignInProblem =
  /** No such user with such a password. */
  | "wrongPassword"
  /** The password was right, and he has to choose another one. */
  | "passwordResetRequired"
  /** There is no provider. */
  | "noProvider"
  /** The provider cannot be reached, or answers what it should not. */
  | "provider"
  /** The browser has come back with another answer than the one that it left for, or too late. */
  | "otherSignIn"
  /** The provider knows the person, but none of his groups has a role here. */
  | "noRole";

export class SignInRefusal extends Error {
  override readonly name = "SignInRefusal";
  readonly problem: SignInProblem;

  constructor(problem: SignInProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** A session, and whom it makes its browser now. */
export interface SignedInPerson {
  readonly session: StoredSession;
  readonly principal: UserPrincipal | AssumedRolePrincipal;
  /** The roles that he may act in. */
  readonly roles: readonly RoleRecord[];
}

export interface PeopleParts {
  readonly store: DocumentStore;
  readonly directory: IamDirectory;
  readonly sealer: Sealer;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly openid?: OpenIdSettings | undefined;
}

/** The people who use the console: how they sign in, and the sessions of their browsers. */
export class People {
  readonly sessions: SessionStore;
  readonly #parts: PeopleParts;
  readonly #provider;
  /** Who wants to know that a session is over, by its handle. */
  readonly #listeners = new Map<string, Set<() => void>>();
  #cancelSweep: (() => void) | undefined;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.sessions = new SessionStore(parts.store, parts.clock);
    this.#provider = parts.openid && openIdProvider(parts.openid, parts.clock);
  }

  /** What the button says that leads to the provider; `undefined`: there is none. */
  get providerLabel(): string | undefined {
    const { openid } = this.#parts;
    return openid && (openid.label ?? new URL(openid.issuer).host);
  }

  /**
   * The user whose password it is; `newPassword` takes its place. Rejects with a {@link SignInRefusal}, which takes as long for an
   * unknown user as for a known one, or with IAM's error for a password that is not taken.
   */
  async checkPassword(name: string, password: string, newPassword?: string): Promise<Person> {
    const { directory, passwords } = this.#parts;
    const user = (await directory.view()).named("user", name);
    const profile = user?.loginProfile;
    const isRight = await passwords.isRight(password, profile?.passwordHash);
    if (!isRight || user === undefined || profile === undefined) {
      throw new SignInRefusal("wrongPassword");
    }
    if (newPassword === undefined) {
      if (profile.passwordResetRequired) throw new SignInRefusal("passwordResetRequired");
      return personOfUser(user, profile);
    }
    await changePassword(this.#parts, user, password, newPassword);
    const changed = (await directory.view()).named("user", name);
    if (changed?.loginProfile === undefined) throw new SignInRefusal("wrongPassword");
    return personOfUser(changed, changed.loginProfile);
  }

  /** Where the browser has to go, and what it has to keep until it is back: sealed, since nobody else remembers it. */
  async leave(redirectUri: string, returnTo: string) {
    if (this.#provider === undefined) throw new SignInRefusal("noProvider");
    const { url, leaving } = await this.#provider.leave(redirectUri).catch(this.#refuse);
    const until = this.#parts.clock.now() + leavingMs;
    const kept: KeptLeaving = { ...leaving, redirectUri, returnTo, until };
    return { url, kept: this.#parts.sealer.seal(JSON.stringify(kept), leavingContext) };
  }

  /** Who came back. Rejects with a {@link SignInRefusal}. */
  async comeBack(
    parameters: URLSearchParams,
    kept: string | undefined,
  ): Promise<{ readonly person: Person; readonly returnTo: string }> {
    const { openid, sealer, clock } = this.#parts;
    if (this.#provider === undefined || openid === undefined) throw new SignInRefusal("noProvider");
    const text = kept && sealer.open(kept, leavingContext);
    if (text === undefined || text === "") throw new SignInRefusal("otherSignIn");
    const leaving = JSON.parse(text) as KeptLeaving;
    const isOther = parameters.get("state") !== leaving.state;
    if (isOther || leaving.until <= clock.now()) throw new SignInRefusal("otherSignIn");
    const claims = await this.#provider
      .comeBack(parameters, leaving, leaving.redirectUri)
      .catch(this.#refuse);
    return { person: personOfClaims(claims, openid), returnTo: leaving.returnTo };
  }

  /** A new session for whoever has shown who he is; `before` is that of his browser, which ends. Resolves with its id. */
  async begin(person: Person, from: SeenBrowser, before?: string): Promise<string> {
    const [role] = rolesOf(person, await this.#parts.directory.view(), this.#parts.openid);
    if (person.type === "openid" && role === undefined) throw new SignInRefusal("noRole");
    if (before !== undefined) await this.end(handleOf(before));
    return this.sessions.begin({ person, from, ...(role && { role: roleKey(role) }) });
  }

  /** Who has the session with that id. `isUse`: see {@link SessionStore.find}. */
  async find(id: string, isUse: boolean): Promise<SignedInPerson | undefined> {
    const session = await this.sessions.find(id, isUse);
    if (session === undefined) return undefined;
    const { directory, openid } = this.#parts;
    const view = await directory.view();
    const principal = principalOf(session, view, openid);
    return principal && { session, principal, roles: rolesOf(session.person, view, openid) };
  }

  /** Lets a person act in another of his roles. `false`: it is none of them. */
  async actAs({ session, roles }: SignedInPerson, roleName: string): Promise<boolean> {
    const role = roles.find(({ name }) => name === roleName);
    if (role === undefined) return false;
    if (!(await this.sessions.change(session.handle, roleKey(role)))) return false;
    this.#tell(session.handle);
    return true;
  }

  async end(handle: string): Promise<void> {
    await this.sessions.end(handle);
    this.#tell(handle);
  }

  async endOthersOf({ person, handle }: StoredSession): Promise<void> {
    for (const ended of await this.sessions.endAllOf(person, handle)) this.#tell(ended);
  }

  /**
   * Calls `changed` when what the session may has changed or ended here. What another node does shows when it is looked up again.
   * The result stops it.
   */
  watch(handle: string, changed: () => void): () => void {
    const listeners = this.#listeners.get(handle) ?? new Set();
    this.#listeners.set(handle, listeners.add(changed));
    return () => {
      listeners.delete(changed);
      if (listeners.size === 0) this.#listeners.delete(handle);
    };
  }

  /** Removes sessions that have ended, again and again. */
  keepSwept(): void {
    const { clock, logger } = this.#parts;
    this.#cancelSweep = clock.schedule(clock.now() + sweepMs, () => {
      this.sessions
        .sweep()
        .catch((error: unknown) =>
          logger.warn("sessions that have ended were not removed", { error: String(error) }),
        )
        .finally(() => this.#cancelSweep !== undefined && this.keepSwept());
    });
  }

  close(): void {
    this.#cancelSweep?.();
    this.#cancelSweep = undefined;
  }

  #tell(handle: string): void {
    for (const changed of this.#listeners.get(handle) ?? []) changed();
  }

  /** What a provider does wrong is for the log: whoever wants to sign in cannot do anything about it. */
  readonly #refuse = (error: unknown): never => {
    this.#parts.logger.warn("the provider of OpenID Connect", { error: reasonOf(error) });
    throw new SignInRefusal("provider", { cause: error });
  };
}

function personOfUser({ name, id }: UserRecord, { passwordSetAt }: LoginProfile): Person {
  return { type: "user", userName: name, userId: id, passwordSetAt };
}

interface KeptLeaving extends Leaving {
  readonly redirectUri: string;
  readonly returnTo: string;
  readonly until: number;
}

function roleKey({ name, id }: RoleRecord): NonNullable<BrowserSession["role"]> {
  return { name, id };
}

/** Without what was answered, in which there may be secrets. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
