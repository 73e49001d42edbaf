import type { IncomingMessage, ServerResponse } from "node:http";
import type { MeView } from "../../../console/view-types.ts";
import {
  type People,
  type SignedInPerson,
  type SignInProblem,
  SignInRefusal,
} from "../../../iam/people/people.ts";
import { handleOf, type SeenBrowser } from "../../../iam/people/session-store.ts";
import { type ArnScope, scopeOf } from "../../../machine/arns.ts";
import type { AuditedCall, AuditTrail } from "../../../ports/audit-trail.ts";
import { type Caller, userArn } from "../../../ports/caller.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { Logger } from "../../../ports/logger.ts";
import { originOf } from "../../authentication/call-origin.ts";
import { consoleSource } from "../audited-route.ts";
import type { ConsoleSessions } from "../console-access.ts";
import { securityHeaders } from "../static-files.ts";
import { consoleCookie } from "./cookies.ts";
import { returnPath } from "./return-path.ts";

/** Our choice: how soon another node's word that a session is over, or acts in another role, shows in what is open. */
const lookAgainMs = 10_000;
/** What a page refreshes by itself, while nobody is at it, is no use of a session. */
export const backgroundHeader = "x-stepwell-background";
/** Of the browser's address; it has no other meaning to a client. */
const longestUserAgent = 256;

export interface SignInOptions {
  readonly people: People;
  readonly clock: Clock;
  readonly scope: ArnScope;
  readonly logger: Logger;
  /** Where the console is served: `/console`. */
  readonly basePath: string;
  /** How browsers reach the server, without a slash at the end; absent: as their requests say. */
  readonly publicUrl?: string | undefined;
  /** Whether they reach it by TLS. */
  readonly isSecure: boolean;
  /** Where it is written down who signs in and out; absent: nowhere. */
  readonly audit?: AuditTrail | undefined;
}

/** The sessions of browsers over HTTP: cookies, and the addresses that a browser goes to and comes back by. */
export class SignIn implements ConsoleSessions {
  readonly #options: SignInOptions;
  readonly #session;
  readonly #leaving;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#session = consoleCookie("stepwell", options.isSecure);
    this.#leaving = consoleCookie("stepwell-leaving", options.isSecure);
  }

  get isSecure(): boolean {
    return this.#options.isSecure;
  }

  async personOf(request: IncomingMessage): Promise<SignedInPerson | undefined> {
    const id = this.#session.read(request);
    // A stream is opened anew by itself, too.
    const isStream = request.url?.startsWith(`${this.#options.basePath}/api/stream`) === true;
    const isUse = !isStream && request.headers[backgroundHeader] === undefined;
    return id === undefined ? undefined : this.#options.people.find(id, isUse);
  }

  async callerOf(request: IncomingMessage): Promise<Caller | undefined> {
    const signedIn = await this.personOf(request);
    return signedIn && this.callerFor(signedIn, request);
  }

  callerFor({ principal }: SignedInPerson, request: IncomingMessage): Caller {
    const { region, accountId } = this.#options.scope;
    return { ...scopeOf(region, accountId), principal, from: originOf(request) };
  }

  whenChanged(request: IncomingMessage, changed: () => void): () => void {
    const id = this.#session.read(request);
    if (id === undefined) return () => {};
    const { people, logger } = this.#options;
    const unwatch = people.watch(handleOf(id), changed);
    /** What it was when it was looked at first; `undefined`: it was not yet. */
    let before: string | undefined;
    const look = (): void => {
      people.find(id, false).then(
        (signedIn) => {
          const now = signedIn && userArn(this.callerFor(signedIn, request));
          if (now === undefined || now !== (before ??= now)) changed();
        },
        (error: unknown) => {
          logger.warn("a session could not be looked up", { error: String(error) });
          changed();
        },
      );
    };
    look();
    const timer = setInterval(look, lookAgainMs);
    return () => {
      clearInterval(timer);
      unwatch();
    };
  }

  /** Who a browser's person is, for himself. */
  meOf(signedIn: SignedInPerson, request: IncomingMessage): MeView {
    const { session, roles } = signedIn;
    const { person, role } = session;
    return {
      name: person.type === "user" ? person.userName : person.name,
      arn: userArn(this.callerFor(signedIn, request)),
      roles: roles.map(({ name }) => name),
      ...(role && { role: role.name }),
      ...(person.type === "user" && { hasPassword: true }),
    };
  }

  /** The `Set-Cookie` of a new session. `isNewPassword`: whoever signs in has given himself another one. */
  async begin(
    request: IncomingMessage,
    person: Parameters<People["begin"]>[0],
    isNewPassword = false,
  ): Promise<string> {
    const { people, audit } = this.#options;
    audit?.ensureWritable();
    const before = this.#session.read(request);
    const id = await people.begin(person, browserOf(request), before);
    const signedIn = await people.find(id, false);
    if (isNewPassword) await this.written("ChangePassword", request, signedIn);
    await this.written("SignIn", request, signedIn);
    return this.#session.write(request, id);
  }

  /** Ends the browser's session; answers the `Set-Cookie`. */
  async end(request: IncomingMessage): Promise<string> {
    const { people } = this.#options;
    const id = this.#session.read(request);
    if (id !== undefined) {
      const signedIn = await people.find(id, false);
      await people.end(handleOf(id));
      await this.written("SignOut", request, signedIn);
    }
    return this.#session.remove(request);
  }

  /** Writes down what somebody has done with sessions, his own or others'. What is refused is written down with all that is. */
  async written(
    eventName: string,
    request: IncomingMessage,
    signedIn: SignedInPerson | undefined,
    more: Partial<Pick<AuditedCall, "isReadOnly" | "decisions">> = {},
  ): Promise<void> {
    if (signedIn === undefined) return;
    await this.#options.audit?.record({
      eventSource: consoleSource,
      eventName,
      caller: this.callerFor(signedIn, request),
      isReadOnly: false,
      decisions: [],
      ...more,
    });
  }

  /** Answers the addresses that lead to the provider, and back from it. */
  visit(request: IncomingMessage, response: ServerResponse, asked: URL): boolean {
    if (request.method !== "GET") return false;
    const visited = { request, response, asked };
    if (asked.pathname === "/sign-in/leave") void this.#answer(visited, this.#leave);
    else if (asked.pathname === "/sign-in/back") void this.#answer(visited, this.#comeBack);
    else return false;
    return true;
  }

  readonly #leave = async ({ request, asked }: Visit): Promise<Going> => {
    const { people, basePath } = this.#options;
    const returnTo = returnPath(asked.searchParams.get("return"), basePath);
    const { url, kept } = await people.leave(`${this.#baseOf(request)}/sign-in/back`, returnTo);
    return { to: url, cookies: [this.#leaving.write(request, kept, 600)] };
  };

  readonly #comeBack = async ({ request, asked }: Visit): Promise<Going> => {
    const { people } = this.#options;
    const { person, returnTo } = await people.comeBack(
      asked.searchParams,
      this.#leaving.read(request),
    );
    const session = await this.begin(request, person);
    return { to: returnTo, cookies: [session, this.#leaving.remove(request)] };
  };

  async #answer(visit: Visit, go: (visit: Visit) => Promise<Going>): Promise<void> {
    const going = await go(visit).catch((error: unknown) => this.#failed(error));
    const { response } = visit;
    if (response.destroyed) return;
    response.writeHead(302, {
      ...securityHeaders,
      Location: going.to,
      "Cache-Control": "no-store",
      "Set-Cookie": [...going.cookies],
    });
    response.end();
  }

  /** Back to the page that says why, in the browser's language. */
  #failed(error: unknown): Going {
    const isRefusal = error instanceof SignInRefusal;
    if (!isRefusal) {
      this.#options.logger.error("a sign-in failed unexpectedly", { error: String(error) });
    }
    const problem: SignInProblem = isRefusal ? error.problem : "provider";
    return { to: `${this.#options.basePath}/sign-in?problem=${problem}`, cookies: [] };
  }

  #baseOf(request: IncomingMessage): string {
    const { publicUrl, isSecure, basePath } = this.#options;
    const here = `${isSecure ? "https" : "http"}://${request.headers.host ?? "localhost"}`;
    return (publicUrl ?? here) + basePath;
  }
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly asked: URL;
}

interface Going {
  readonly to: string;
  readonly cookies: readonly string[];
}

function browserOf(request: IncomingMessage): SeenBrowser {
  const { sourceIp, userAgent } = originOf(request);
  return {
    sourceIp,
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, longestUserAgent) }),
  };
}
