import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsoleService } from "../../console/console-service.ts";
import { RowLog } from "../../console/index/row-log.ts";
import type { LinkDesk } from "../../console/questions/link-desk.ts";
import { audited, type AuditTrail } from "../../ports/audit-trail.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import { systemClock } from "../../runtime/system-clock.ts";
import { LinkPage } from "./link-page/link-page.ts";
import { scopeOf } from "../../machine/arns.ts";
import type { Logger } from "../../ports/logger.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import { answerOf, parseBody } from "../aws-json.ts";
import type { RefusedRequests } from "../audit/refused-requests.ts";
import { originOf } from "../authentication/call-origin.ts";
import { consoleSource, routeToAudit } from "./audited-route.ts";
import { httpErrors } from "../http-errors.ts";
import type { IamService } from "../../iam/operations/iam-service.ts";
import type { ConsoleAccess } from "./console-access.ts";
import { consoleApi } from "./console-api.ts";
import { decoded } from "./decoded.ts";
import { EventStream } from "./event-stream.ts";
import { bodyOf, hasBody, hostOf, noBytes, refuse, send, wantsPage } from "./json-http.ts";
import { crossOriginProblem } from "./same-origin.ts";
import {
  answerPeople,
  type ConsoleSignIn,
  meOf,
  problemOf,
  sendToSignIn,
} from "./sign-in/browser-requests.ts";
import { securityHeaders, StaticFiles } from "./static-files.ts";

export interface ConsoleHttpOptions {
  readonly console: ConsoleService;
  readonly service: Service;
  /** Hands out links to questions, and has their page; absent: there are none. */
  readonly links?: LinkDesk;
  readonly clock?: Clock;
  /** The folder of the built console. */
  readonly folder: string;
  /** Where it is served: `/console`, without a slash at the end. */
  readonly basePath: string;
  readonly logger: Logger;
  /** Finds out who calls; absent: nobody is asked who he is. */
  readonly access?: ConsoleAccess | undefined;
  /** How browsers sign in; absent: they do not. */
  readonly signIn?: ConsoleSignIn | undefined;
  /** IAM, for the pages that show who may what; absent: there is none. */
  readonly iam?: IamService | undefined;
  /** Whether whoever opens a link to a question has to be signed in. */
  readonly linksNeedSignIn?: boolean | undefined;
  /** Where its requests are written down; absent: nowhere. */
  readonly audit?: AuditTrail | undefined;
  readonly refused?: RefusedRequests | undefined;
}

export interface ConsoleHttp {
  /** Answers the request if it is the console's; `false`: it is not. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Ends the streams. */
  close(): void;
}

/** Where the pages behind links are, below the base path. */
export const linkPath = "/approve/";
/** Our choice: executions that one stream tells of; each is kept folded while it does. */
const mostWatched = 20;

/** The console over HTTP: its files, its own API below `BASE/api/`, and the stream of what changes. */
export function createConsoleHttp(options: ConsoleHttpOptions): ConsoleHttp {
  const { console: views, service, basePath, logger, access, signIn, audit, refused } = options;
  const linkPage =
    options.links && new LinkPage(options.links, views.questions, options.clock ?? systemClock);
  const files = new StaticFiles(options.folder, basePath, views.version);
  const streams = new Set<EventStream>();
  const rows = new RowLog();
  // Before any stream, so that it has heard of what they are told.
  views.listen(rows);
  const api = consoleApi({
    views,
    service,
    iam: options.iam,
    links: options.links,
    linkBase: basePath + linkPath,
    build: () => files.build,
  });

  function handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { method = "GET", url = "/" } = request;
    const isRead = method === "GET" || method === "HEAD";
    const isOnTheWay = url === basePath || url.startsWith(`${basePath}?`);
    if (isRead && (isOnTheWay || (url === "/" && wantsPage(request)))) {
      response.writeHead(302, { ...securityHeaders, Location: `${basePath}/` });
      response.end();
      return true;
    }
    if (!url.startsWith(`${basePath}/`)) return false;
    const asked = new URL(`http://localhost${url.slice(basePath.length)}`);
    if (asked.pathname.startsWith("/api/")) {
      void answerApi(request, response, asked);
      return true;
    }
    if (access !== undefined && !access.hasSessions) {
      const { statusCode, body } = httpErrors.signIn();
      refuse(request, response, statusCode, body);
      return true;
    }
    if (signIn?.pages.visit(request, response, asked) === true) return true;
    if (linkPage !== undefined && asked.pathname.startsWith(linkPath)) {
      void answerLink(request, response, decoded(asked.pathname.slice(linkPath.length)));
      return true;
    }
    if (!isRead) return false;
    if (!files.isBuilt) {
      response.writeHead(503, { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8" });
      response.end("The console has not been built: npm run build\n");
      return true;
    }
    files.answer(request, response, decoded(asked.pathname.slice(1)));
    return true;
  }

  async function answerLink(
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
      const mustSignIn = options.linksNeedSignIn === true;
      const person = mustSignIn ? await signIn?.pages.callerOf(request) : undefined;
      if (mustSignIn && person === undefined) return sendToSignIn(basePath, request, response);
      views.look();
      const visitor = { context: linkContext(request), person };
      await linkPage?.answer(request, response, sealed, visitor);
      const { statusCode } = response;
      if (statusCode >= 400) refused?.note(request, refusedLink(String(statusCode)));
    } catch (thrown) {
      const error = answerOf(thrown, linkPath, randomUUID(), logger);
      refused?.note(request, refusedLink(error.code));
      if (!request.complete) request.resume();
      send(response, error.statusCode, error.body);
    }
  }

  async function answerApi(
    request: IncomingMessage,
    response: ServerResponse,
    asked: URL,
  ): Promise<void> {
    const requestId = randomUUID();
    let isRecorded = false;
    try {
      const problem = problemOf(signIn, request);
      if (problem !== undefined)
        throw new ApiError("AccessDeniedException", problem, undefined, 403);
      views.look();
      const bytes = hasBody(request, asked) ? await bodyOf(request) : undefined;
      const ours = answerPeople(signIn, request, asked, bytes);
      if (ours !== undefined) {
        const { body, cookie } = await ours;
        if (cookie !== undefined) response.setHeader("Set-Cookie", cookie);
        return send(response, 200, body);
      }
      const caller = await access?.callerOf(request, bytes ?? noBytes);
      const context = {
        ...contextOf(asked.searchParams.get("region") ?? undefined, caller, request),
        requestId,
      };
      if (request.method === "GET" && asked.pathname === "/api/stream") {
        isRecorded = true;
        return await recorded(request, asked, context, (noted) =>
          openStream(request, response, asked.searchParams, noted),
        );
      }
      const body = bytes && parseBody(bytes.toString());
      const me = await meOf(signIn, request, asked);
      isRecorded = true;
      const result = await recorded(request, asked, context, async (noted) =>
        api({
          method: request.method,
          url: asked,
          host: hostOf(request),
          body,
          me,
          context: { ...noted, signal: signalFor(response) },
        }),
      );
      if (result === undefined) {
        throw new ApiError(
          "UnknownOperationException",
          `There is no ${asked.pathname}`,
          undefined,
          404,
        );
      }
      send(response, 200, result);
    } catch (thrown) {
      const error = answerOf(thrown, asked.pathname, requestId, logger);
      const { statusCode, body } = error;
      if (!isRecorded) {
        const { eventName } = routeToAudit(request.method, asked);
        refused?.note(request, { eventSource: consoleSource, eventName, requestId, error });
      }
      refuse(request, response, statusCode, body);
    }
  }

  /** Performs a request, and writes it down once; what it calls of the API is written down there. */
  function recorded<T>(
    request: IncomingMessage,
    asked: URL,
    context: RequestContext,
    perform: (context: RequestContext) => Promise<T>,
  ): Promise<T> {
    const isWrittenThere = /^\/api\/(?:call|iam)\//.test(asked.pathname);
    if (audit === undefined || isWrittenThere) return perform(context);
    const { caller, requestId } = context;
    const call = { ...routeToAudit(request.method, asked), caller, requestId };
    return audited(audit, call, (decided) => perform({ ...context, decided }));
  }

  /** Whoever has a link was given it by somebody who may: he acts for the server's owner. */
  function linkContext(request: IncomingMessage): RequestContext {
    const { scope } = service;
    return {
      caller: { ...scope, principal: { type: "owner" }, from: originOf(request) },
      requestId: randomUUID(),
    };
  }

  function contextOf(
    region: string | undefined,
    caller: Caller | undefined,
    request: IncomingMessage,
  ): RequestContext {
    const { scope } = service;
    if (region !== undefined && !/^[a-z0-9-]{1,64}$/.test(region)) {
      throw errors.validation(`'${region}' is no Region`);
    }
    const place = region === undefined ? scope : scopeOf(region, scope.accountId);
    const from = originOf(request);
    return { caller: { principal: { type: "anonymous" }, from, ...caller, ...place } };
  }

  async function openStream(
    request: IncomingMessage,
    response: ServerResponse,
    asked: URLSearchParams,
    context: RequestContext,
  ): Promise<void> {
    const execution = new Map(asked.getAll("execution").map(executionFrom));
    if (execution.size > mostWatched) {
      throw errors.validation(`A stream tells of at most ${mostWatched} executions`);
    }
    const rowsFrom = asked.get("executions");
    const topics = {
      executions: rowsFrom !== null,
      ...(rowsFrom !== null && rowsFrom !== "" && { rowsFrom }),
      execution,
    };
    await views.access.mayWatch({ ...topics, execution: execution.keys() }, context);
    if (response.destroyed) return;
    const stream = new EventStream(views, response, topics, { build: files.build, rows });
    streams.add(stream);
    const unwatch = access?.whenChanged(request, () => stream.end());
    response.on("close", () => {
      streams.delete(stream);
      unwatch?.();
    });
  }

  return {
    handle,
    close() {
      for (const stream of streams) stream.end();
      views.close();
    },
  };
}

function refusedLink(code: string) {
  const error = { code, message: "" };
  return { eventSource: consoleSource, eventName: `ANY ${linkPath}*`, error };
}

/** `ARN@EVENT`: the execution, and the event that what is shown has come to; without one, from its first. */
function executionFrom(text: string): readonly [string, number] {
  const [, arn = text, event = "0"] = /^(.*)@(\d{1,15})$/s.exec(text) ?? [];
  return [arn, Number(event)];
}

/** Aborted when the client goes away: nobody takes an activity's task any more. */
function signalFor(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  return controller.signal;
}
