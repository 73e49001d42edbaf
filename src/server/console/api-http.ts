import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsoleService } from "../../console/console-service.ts";
import type { ArnScope } from "../../machine/arns.ts";
import { audited, type AuditTrail } from "../../ports/audit-trail.ts";
import type { Logger } from "../../ports/logger.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { RefusedRequests } from "../audit/refused-requests.ts";
import { answerOf, parseBody } from "../aws-json.ts";
import { consoleSource, routeToAudit } from "./audited-route.ts";
import type { ConsoleAccess } from "./console-access.ts";
import type { consoleApi } from "./console-api.ts";
import { bodyOf, hasBody, hostOf, noBytes, refuse, send } from "./json-http.ts";
import type { OpenStreams } from "./open-streams.ts";
import { consoleContext } from "./request-context.ts";
import { answerPeople, type ConsoleSignIn, meOf, problemOf } from "./sign-in/browser-requests.ts";

export interface ApiHttpOptions {
  readonly console: ConsoleService;
  readonly api: ReturnType<typeof consoleApi>;
  readonly streams: OpenStreams;
  readonly scope: ArnScope;
  readonly logger: Logger;
  readonly access?: ConsoleAccess | undefined;
  readonly signIn?: ConsoleSignIn | undefined;
  readonly audit?: AuditTrail | undefined;
  readonly refused?: RefusedRequests | undefined;
}

/** Answers the console's own API, and writes each request down once. */
export class ApiHttp {
  readonly #options: ApiHttpOptions;

  constructor(options: ApiHttpOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse, asked: URL): Promise<void> {
    const { signIn, access, scope, console: views } = this.#options;
    const requestId = randomUUID();
    const begun = { isRecorded: false };
    try {
      const problem = problemOf(signIn, request);
      if (problem !== undefined) {
        throw new ApiError("AccessDeniedException", problem, undefined, 403);
      }
      views.look();
      const bytes = hasBody(request, asked) ? await bodyOf(request) : undefined;
      const ours = answerPeople(signIn, request, asked, bytes);
      if (ours !== undefined) {
        const { body, cookie } = await ours;
        if (cookie !== undefined) response.setHeader("Set-Cookie", cookie);
        return send(response, 200, body);
      }
      const caller = await access?.callerOf(request, bytes ?? noBytes);
      const region = asked.searchParams.get("region") ?? undefined;
      const context = { ...consoleContext(request, scope, region, caller), requestId };
      await this.#answerCaller({ request, response, asked, bytes, context, begun });
    } catch (thrown) {
      this.#refuse(thrown, { request, response, asked, begun }, requestId);
    }
  }

  /** Answers whoever is known, or need not be. */
  async #answerCaller(call: CallerRequest): Promise<void> {
    const { request, response, asked, bytes, begun } = call;
    const { api, signIn, streams } = this.#options;
    if (request.method === "GET" && asked.pathname === "/api/stream") {
      begun.isRecorded = true;
      return this.#recorded(call, (context) =>
        streams.open(request, response, asked.searchParams, context),
      );
    }
    const body = bytes && parseBody(bytes.toString());
    const me = await meOf(signIn, request, asked);
    begun.isRecorded = true;
    const result = await this.#recorded(call, async (context) =>
      api({
        method: request.method,
        url: asked,
        host: hostOf(request),
        body,
        me,
        context: { ...context, signal: signalFor(response) },
      }),
    );
    if (result === undefined) {
      const message = `There is no ${asked.pathname}`;
      throw new ApiError("UnknownOperationException", message, undefined, 404);
    }
    send(response, 200, result);
  }

  /** Performs a request, and writes it down once; what it calls of the API is written down there. */
  #recorded<T>(
    { request, asked, context }: CallerRequest,
    perform: (context: RequestContext) => Promise<T>,
  ): Promise<T> {
    const { audit } = this.#options;
    const isWrittenThere = /^\/api\/(?:call|iam|services)\//.test(asked.pathname);
    if (audit === undefined || isWrittenThere) return perform(context);
    const { caller, requestId } = context;
    const call = { ...routeToAudit(request.method, asked), caller, requestId };
    return audited(audit, call, (decided) => perform({ ...context, decided }));
  }

  #refuse(
    thrown: unknown,
    { request, response, asked, begun }: Omit<CallerRequest, "bytes" | "context">,
    requestId: string,
  ): void {
    const { logger, refused } = this.#options;
    const error = answerOf(thrown, asked.pathname, requestId, logger);
    const { statusCode, body } = error;
    if (!begun.isRecorded) {
      const { eventName, isReadOnly } = routeToAudit(request.method, asked);
      // A page that is open goes on to ask when its session is over, and so does one before the sign-in.
      const isPolling = isReadOnly && statusCode === 401;
      const refusal = { eventSource: consoleSource, eventName, isReadOnly, requestId, error };
      refused?.note(request, { ...refusal, isPolling });
    }
    refuse(request, response, statusCode, body);
  }
}

interface CallerRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly asked: URL;
  readonly bytes: Buffer | undefined;
  readonly context: RequestContext;
  /** Whether it has come so far that it is written down as a call, whatever becomes of it. */
  readonly begun: { isRecorded: boolean };
}

/** Aborted when the client goes away: nobody takes an activity's task any more. */
function signalFor(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  return controller.signal;
}
