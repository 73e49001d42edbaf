import type { IncomingMessage, ServerResponse } from "node:http";
import type { MeView } from "../../../console/view-types.ts";
import { parseBody } from "../../aws-json.ts";
import { crossOriginProblem, forgeryProblem } from "../same-origin.ts";
import { securityHeaders } from "../static-files.ts";
import type { PeopleAnswer, peopleApi } from "./people-api.ts";
import type { SignIn } from "./sign-in.ts";

/** How browsers sign in to the console. */
export interface ConsoleSignIn {
  readonly pages: SignIn;
  readonly api: ReturnType<typeof peopleApi>;
}

/** Why a page may not send this request; a program that signs has no cookies. */
export function problemOf(
  signIn: ConsoleSignIn | undefined,
  request: IncomingMessage,
): string | undefined {
  const problem = crossOriginProblem(request);
  if (problem !== undefined || signIn === undefined) return problem;
  if (request.headers.authorization !== undefined) return undefined;
  return forgeryProblem(request, signIn.pages.isSecure);
}

/** Signing in and out comes before the question who calls. `undefined`: it is neither. */
export function answerPeople(
  signIn: ConsoleSignIn | undefined,
  request: IncomingMessage,
  asked: URL,
  bytes: Buffer | undefined,
): Promise<PeopleAnswer> | undefined {
  if (signIn === undefined || request.headers.authorization !== undefined) return undefined;
  const route = `${request.method} ${asked.pathname.slice("/api/".length)}`;
  return signIn.api({ request, route, body: bytes && parseBody(bytes.toString()) });
}

/** Who is signed in, for the one request that tells it. */
export async function meOf(
  signIn: ConsoleSignIn | undefined,
  request: IncomingMessage,
  asked: URL,
): Promise<MeView | undefined> {
  if (asked.pathname !== "/api/session" || request.headers.authorization !== undefined) {
    return undefined;
  }
  const signedIn = await signIn?.pages.personOf(request);
  return signedIn && signIn?.pages.meOf(signedIn, request);
}

/** To the sign-in, and then back to where he is now. */
export function sendToSignIn(
  basePath: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const back = new URLSearchParams({ return: request.url ?? "" });
  const Location = `${basePath}/sign-in?${back.toString()}`;
  response.writeHead(302, { ...securityHeaders, Location, "Cache-Control": "no-store" });
  response.end();
  request.resume();
}
