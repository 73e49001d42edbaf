import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { textPosition } from "../../asl/diagnostics/json-error.ts";
import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import { isJsonObject, type JsonObject, ownMember } from "../../expression/json.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Engine } from "../../runtime/engine.ts";
import type { ApiError } from "../../service/errors/api-error.ts";
import type { Service } from "../../service/service.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { RefusedCall, RefusedRequests } from "../audit/refused-requests.ts";
import { originOf } from "../authentication/call-origin.ts";
import { answerOf } from "../aws-json.ts";
import { readBody } from "../request-body.ts";
import { hookPath, type Hooks } from "./hooks.ts";

export interface HookHttp {
  /** Answers the request if it is for a hook; `false`: it is not. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

/** *Documented*: what a task's output may have. */
const maxBodyBytes = 256 * 1024;

interface HookAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/**
 * `POST /hooks/SEALED` ends a task with the body as its output, `…/failure` fails it, `…/heartbeat` says that it is alive. Whoever
 * has the URL was given it by the task, and is asked for nothing else. *Our choices* throughout.
 */
export function createHookHttp(options: {
  readonly hooks: Hooks;
  readonly service: Pick<Service, "call" | "scope">;
  readonly engine: Pick<Engine, "taskToken">;
  readonly logger: Logger;
  readonly refused?: RefusedRequests | undefined;
}): HookHttp {
  const { hooks, service, engine, logger, refused } = options;

  async function answer(request: IncomingMessage, path: string): Promise<HookAnswer> {
    const [sealed = "", action, ...more] = path.split("/");
    const operation = operations.get(action ?? "");
    const task = await hooks.open(sealed);
    if (task === undefined || operation === undefined || more.length > 0) {
      return { status: 404, body: { message: "There is no such callback." } };
    }
    if (request.method !== "POST") return { status: 405, body: { message: explanation } };
    const text = await textOf(request);
    if (text === undefined) {
      return { status: 413, body: { message: `A body may have at most ${maxBodyBytes} bytes.` } };
    }
    const input = operation.input(text);
    if ("problem" in input) return { status: 400, body: { message: input.problem } };
    const taskToken = engine.taskToken(task.executionArn, task.taskId);
    await service.call(operation.name, { taskToken, ...input }, hookContext(request, service));
    return { status: 200, body: {} };
  }

  return {
    handle(request, response) {
      const { url = "" } = request;
      if (!url.startsWith(hookPath)) return false;
      const [path = ""] = url.slice(hookPath.length).split("?", 1);
      answer(request, path).then(
        ({ status, body }) => {
          // What has become no call of the API is written down here.
          if (status !== 200) refused?.note(request, hookCall(status));
          send(request, response, status, body);
        },
        (thrown: unknown) => {
          const { statusCode, body, code } = refusalOf(thrown, logger);
          // The task has ended, or its execution has: no later try will do.
          const isOver = code === "TaskTimedOut" || code === "TaskDoesNotExist";
          send(request, response, isOver ? 410 : statusCode, body);
        },
      );
      return true;
    },
  };
}

/** Whoever has the URL acts for the server's owner, who gave it away. */
function hookContext(request: IncomingMessage, { scope }: Pick<Service, "scope">): RequestContext {
  return {
    caller: { ...scope, principal: { type: "owner" }, from: originOf(request) },
    requestId: randomUUID(),
  };
}

function hookCall(status: number): RefusedCall {
  const error = { code: String(status), message: "" };
  return { eventSource: "hooks.stepwell", eventName: "CallHook", error };
}

type HookInput = { readonly [name: string]: string } | { readonly problem: string };

interface HookOperation {
  readonly name: string;
  readonly input: (text: string) => HookInput;
}

/** By what stands behind the hook; what else does names nothing, whatever an object has by itself. */
const operations: ReadonlyMap<string, HookOperation> = new Map([
  [
    "",
    {
      name: "SendTaskSuccess",
      // What says nothing more than that it is done is an empty document.
      input: (text) => (text.trim() === "" ? { output: "{}" } : outputOf(text)),
    },
  ],
  ["failure", { name: "SendTaskFailure", input: failureOf }],
  ["heartbeat", { name: "SendTaskHeartbeat", input: () => ({}) }],
]);

function outputOf(text: string): HookInput {
  const problem = jsonProblem(text);
  return problem === undefined ? { output: text } : { problem };
}

function failureOf(text: string): HookInput {
  if (text.trim() === "") return {};
  const { value } = parseJsonText(text);
  const problem = jsonProblem(text);
  if (problem !== undefined) return { problem };
  const members = ["error", "cause"] as const;
  const isFailure =
    isJsonObject(value) &&
    members.every((name) => ["string", "undefined"].includes(typeof ownMember(value, name)));
  if (!isFailure) {
    return { problem: 'The body of a failure is { "error": "…", "cause": "…" }, both texts.' };
  }
  return Object.fromEntries(
    members.flatMap((name) => {
      const member = ownMember(value, name);
      return typeof member === "string" ? [[name, member]] : [];
    }),
  );
}

function jsonProblem(text: string): string | undefined {
  const { error } = parseJsonText(text);
  if (error === undefined) return undefined;
  const { line, column } = textPosition(text, error.offset);
  return `The body is not JSON: ${error.message} (line ${line}, column ${column})`;
}

const explanation =
  "This address ends a task of a workflow. POST it the task's output as JSON; POST /failure below it { error, cause }, or /heartbeat. Looking at it decides nothing.";

function refusalOf(thrown: unknown, logger: Logger): ApiError {
  return answerOf(thrown, hookPath, randomUUID(), logger);
}

/** `undefined`: it is too large. */
function textOf(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    readBody(request, maxBodyBytes, (body) => resolve(body?.toString()));
  });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: JsonObject,
): void {
  if (response.destroyed) return;
  if (!request.complete) {
    response.shouldKeepAlive = false;
    request.resume();
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    ...(status === 405 && { Allow: "POST" }),
  });
  response.end(request.method === "HEAD" ? undefined : text);
}
