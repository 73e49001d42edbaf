import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsoleService } from "../../console/console-service.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { Logger } from "../../ports/logger.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import type { RefusedRequests } from "../audit/refused-requests.ts";
import { answerOf } from "../aws-json.ts";
import { consoleSource } from "./audited-route.ts";
import { send } from "./json-http.ts";
import type { LinkPage } from "./link-page/link-page.ts";
import { linkContext } from "./request-context.ts";
import { crossOriginProblem } from "./same-origin.ts";
import { type ConsoleSignIn, sendToSignIn } from "./sign-in/browser-requests.ts";

/** Where the pages behind links are, below the base path. */
export const linkPath = "/approve/";

export interface LinkHttpOptions {
  readonly page: LinkPage;
  readonly console: ConsoleService;
  readonly scope: ArnScope;
  readonly basePath: string;
  readonly logger: Logger;
  readonly signIn?: ConsoleSignIn | undefined;
  /** Whether whoever opens a link to a question has to be signed in. */
  readonly needSignIn: boolean;
  readonly refused?: RefusedRequests | undefined;
}

/** Answers whoever opens a link to a question. */
export async function answerLink(
  { page, console: views, scope, basePath, logger, signIn, needSignIn, refused }: LinkHttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
  sealed: string,
): Promise<void> {
  try {
    // The link itself may stand anywhere; only its own page answers.
    const isRead = request.method === "GET" || request.method === "HEAD";
    const problem = isRead
      ? undefined
      : crossOriginProblem(request, "application/x-www-form-urlencoded");
    if (problem !== undefined) {
      throw new ApiError("AccessDeniedException", problem, undefined, 403);
    }
    const person = needSignIn ? await signIn?.pages.callerOf(request) : undefined;
    if (needSignIn && person === undefined) return sendToSignIn(basePath, request, response);
    views.look();
    const visitor = { context: linkContext(request, scope), person };
    await page.answer(request, response, sealed, visitor);
    const { statusCode } = response;
    if (statusCode >= 400) refused?.note(request, refusedLink(String(statusCode)));
  } catch (thrown) {
    const error = answerOf(thrown, linkPath, randomUUID(), logger);
    refused?.note(request, refusedLink(error.code));
    if (!request.complete) request.resume();
    send(response, error.statusCode, error.body);
  }
}

function refusedLink(code: string) {
  const error = { code, message: "" };
  return { eventSource: consoleSource, eventName: `ANY ${linkPath}*`, error };
}
