import type { IncomingMessage } from "node:http";
import { Members } from "../../../console/designer/try/members.ts";
import type { BrowserView, SignInView } from "../../../console/view-types.ts";
import { TooManyPasswords } from "../../../iam/people/passwords.ts";
import { type People, type SignedInPerson, SignInRefusal } from "../../../iam/people/people.ts";
import { personKey } from "../../../iam/people/person.ts";
import type { StoredSession } from "../../../iam/people/session-store.ts";
import { IamError } from "../../../iam/operations/iam-error.ts";
import { accessDenied, type Authorizer } from "../../../ports/authorizer.ts";
import type { DecidedAccess } from "../../../ports/audit-trail.ts";
import type { Caller } from "../../../ports/caller.ts";
import type { Clock } from "../../../ports/clock.ts";
import { ApiError } from "../../../service/errors/api-error.ts";
import { addressOf } from "../../authentication/call-origin.ts";
import { httpErrors } from "../../http-errors.ts";
import { iamApiError } from "../iam-api.ts";
import type { SignIn } from "./sign-in.ts";
import { SignInAttempts } from "./sign-in-attempts.ts";

/** Our choice: what a policy allows who may see, and end, sessions of others. IAM has no such action: its sessions have no record. */
export const sessionActions = {
  list: "stepwell:ListSessions",
  end: "stepwell:EndSession",
} as const;

export interface PeopleApiOptions {
  readonly people: People;
  readonly signIn: SignIn;
  readonly authorizer: Authorizer;
  readonly clock: Pick<Clock, "now">;
}

export interface PeopleRequest {
  readonly request: IncomingMessage;
  /** `POST sign-in` */
  readonly route: string;
  readonly body: unknown;
}

/** An answer, and the `Set-Cookie` that goes with it. */
export interface PeopleAnswer {
  readonly body: object;
  readonly cookie?: string;
}

type Route = (request: PeopleRequest) => Promise<PeopleAnswer>;
type OwnRoute = (signedIn: SignedInPerson, request: PeopleRequest) => Promise<PeopleAnswer>;

/** Signing in and out, and what people do with their own sessions. `undefined` for what is not of this. */
export function peopleApi({
  people,
  signIn,
  authorizer,
  clock,
}: PeopleApiOptions): (request: PeopleRequest) => Promise<PeopleAnswer> | undefined {
  const attempts = new SignInAttempts();

  /** Looks at a password, if not too many were wrong. */
  async function checked(request: IncomingMessage, name: string, password: string, next?: string) {
    const address = addressOf(request);
    if (!attempts.mayTry(address, name, clock.now())) throw tooMany();
    const person = await people.checkPassword(name, password, next).catch(refuse);
    attempts.succeeded(address, name);
    return person;
  }

  function own(route: OwnRoute): Route {
    return async (request) => {
      const signedIn = await signIn.personOf(request.request);
      if (signedIn === undefined) throw httpErrors.signIn();
      return route(signedIn, request);
    };
  }

  async function decided(caller: Caller, action: string): Promise<DecidedAccess> {
    const access = { caller, action, resource: "*" };
    return { access, decision: await authorizer.mayCall(access) };
  }

  const routes: { readonly [route: string]: Route } = {
    "GET sign-in": async () => {
      const { providerLabel } = people;
      const view: SignInView = providerLabel === undefined ? {} : { providerLabel };
      return { body: view };
    },

    "POST sign-in": async ({ request, body }) => {
      const asked = new Members(body, "A sign-in", ["name", "password", "newPassword"]);
      const [name, password] = [asked.requiredText("name"), asked.requiredText("password")];
      const next = asked.text("newPassword");
      const person = await checked(request, name, password, next);
      return { body: {}, cookie: await signIn.begin(request, person, next !== undefined) };
    },

    "POST sign-out": async ({ request }) => ({ body: {}, cookie: await signIn.end(request) }),

    "POST me/role": own(async (signedIn, { request, body }) => {
      const role = new Members(body, "A choice of a role", ["role"]).requiredText("role");
      if (!(await people.actAs(signedIn, role))) {
        throw new ApiError(
          "AccessDeniedException",
          `'${role}' is none of your roles.`,
          undefined,
          403,
        );
      }
      await signIn.written("ActAs", request, await signIn.personOf(request));
      return { body: {} };
    }),

    /** All of his other sessions are over, and this one goes on as a new one. */
    "POST me/password": own(async (signedIn, { request, body }) => {
      const { session } = signedIn;
      const asked = new Members(body, "A change of a password", ["password", "newPassword"]);
      const [password, next] = [asked.requiredText("password"), asked.requiredText("newPassword")];
      if (session.person.type !== "user") {
        throw new ApiError(
          "ValidationException",
          "Your provider knows your password, not this server.",
        );
      }
      const person = await checked(request, session.person.userName, password, next);
      await people.endOthersOf(session);
      return { body: {}, cookie: await signIn.begin(request, person, true) };
    }),

    "GET sessions": own(async (signedIn, { request, route }) => {
      const mayAll = await decided(signIn.callerFor(signedIn, request), sessionActions.list);
      const all = await people.sessions.list();
      await signIn.written(route, request, signedIn, { isReadOnly: true, decisions: [mayAll] });
      const shown = mayAll.decision.allowed
        ? all
        : all.filter((each) => isOf(each, signedIn.session));
      return { body: shown.map((each) => viewOf(each, signedIn.session)) };
    }),

    "POST sessions/end": own(async (signedIn, { request, body }) => {
      const asked = new Members(body, "An end of a session", ["handle"]);
      const handle = asked.requiredText("handle");
      const session = (await people.sessions.list()).find((each) => each.handle === handle);
      if (session === undefined || !isOf(session, signedIn.session)) {
        const caller = signIn.callerFor(signedIn, request);
        const wanted = { caller, action: sessionActions.end, resource: "*" };
        const decision = await authorizer.mayCall(wanted);
        if (!decision.allowed) {
          throw new ApiError(
            "AccessDeniedException",
            accessDenied(wanted, decision),
            undefined,
            403,
          );
        }
      }
      await people.end(handle);
      await signIn.written("EndSession", request, signedIn);
      return { body: {} };
    }),
  };
  return (request) =>
    Object.hasOwn(routes, request.route) ? routes[request.route]?.(request) : undefined;
}

/** Whether both are of the same person. */
function isOf(session: StoredSession, { person }: StoredSession): boolean {
  return personKey(session.person) === personKey(person);
}

function viewOf(session: StoredSession, current: StoredSession): BrowserView {
  const { handle, person, role, startedAt, lastUsedAt, from } = session;
  return {
    handle,
    name: person.type === "user" ? person.userName : person.name,
    startedAt,
    lastUsedAt,
    sourceIp: from.sourceIp,
    ...(from.userAgent !== undefined && { userAgent: from.userAgent }),
    ...(role && { role: role.name }),
    ...(person.type === "openid" && { issuer: person.issuer }),
    ...(handle === current.handle && { isCurrent: true }),
    ...(isOf(session, current) && { isOwn: true }),
  };
}

/** The page has the words for the first two; what is wrong with a new password is said as IAM says it. */
function refuse(error: unknown): never {
  if (error instanceof SignInRefusal) {
    throw new ApiError(
      error.problem === "passwordResetRequired" ? "PasswordResetRequired" : "SignInFailed",
      error.problem === "passwordResetRequired"
        ? "Choose another password."
        : "No user has this name and this password.",
      undefined,
      403,
    );
  }
  if (error instanceof TooManyPasswords) throw tooMany();
  if (error instanceof IamError) throw iamApiError(error);
  throw error;
}

function tooMany(): ApiError {
  return new ApiError("ThrottlingException", "Too many attempts: wait a minute.", undefined, 429);
}
