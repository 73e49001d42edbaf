import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import { everybodyMay } from "../../src/ports/authorizer.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { ServiceError, type ServiceMembers } from "../../src/ports/service-api.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { createRoutes, type RoutesOptions } from "../../src/triggers/routes/create-routes.ts";
import { isAnswer, type RouteHead } from "../../src/triggers/routes/route-exchange.ts";
import { accountId, region } from "../api/start-server.ts";
import { stepClock } from "../runtime/step-clock.ts";

export interface Asked {
  readonly resource: string;
  readonly parameters: JsonObject;
}

/** Routes over a store in memory, whose integrations call nothing but notes. */
export function gateway(
  onTask: (
    asked: Asked,
  ) => JsonValue | { readonly error: string; readonly cause: string } = () => ({}),
  more: Partial<RoutesOptions> = {},
) {
  const clock = stepClock();
  const store = more.store ?? createMemoryStore();
  const tasks: Asked[] = [];
  const started: { operation: string; input: JsonObject; caller: Caller | undefined }[] = [];
  const warnings: string[] = [];
  const note = (message: string, fields?: object) =>
    void warnings.push(`${message} ${JSON.stringify(fields)}`);
  const routes = createRoutes({
    store,
    clock,
    ids: systemIds,
    logger: { debug() {}, info() {}, warn: note, error: note },
    scope: scopeOf(region, accountId),
    publicUrl: "http://stepwell.example",
    authorizer: everybodyMay,
    http: { send: () => Promise.resolve({ type: "timedOut" }) },
    tasks: {
      find: ({ arn }) => ({
        handles: () => true,
        run({ parameters }): Promise<TaskOutcome> {
          const resource = arn.replace("arn:aws:states:::", "");
          const asked = { resource, parameters: parameters.value as JsonObject };
          tasks.push(asked);
          const answer = onTask(asked) as JsonObject;
          const { error, cause } = answer;
          return Promise.resolve(
            typeof error === "string"
              ? { type: "failed", error, cause: cause as string }
              : { type: "succeeded", output: Payload.ofValue(answer) },
          );
        },
      }),
    },
    async stepFunctions(operation, input, { caller }) {
      started.push({ operation, input, caller });
      if (input["input"] === "refuse") throw new ServiceError("InvalidName", "no such name");
      return { executionArn: "arn:e", startDate: 1 };
    },
    ...more,
  });
  const caller: Caller = { ...scopeOf(region, accountId), principal: { type: "owner" } };
  async function call(
    operation: string,
    members: JsonObject,
    payload = "",
  ): Promise<ServiceMembers> {
    const found = routes.api.operations[operation];
    if (found === undefined) throw new Error(`no operation ${operation}`);
    const input = { members, payload: Buffer.from(payload) };
    const { signal } = new AbortController();
    const prepared = found.prepare(input, { caller, requestId: "r", signal });
    return (await prepared.perform()).members ?? {};
  }
  async function ask(
    method: string,
    path: string,
    body = "",
    headers: { readonly [name: string]: string } = {},
    head: Partial<RouteHead> = {},
  ) {
    const [bare = "", query = ""] = path.split("?");
    const received = await routes.receive({
      method,
      path: bare,
      query: new URLSearchParams(query),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      sourceIp: "192.0.2.1",
      isSecure: true,
      requestId: "r-1",
      signal: new AbortController().signal,
      ...head,
    });
    const answer = isAnswer(received) ? received : await received.answer(Buffer.from(body));
    return { status: answer.status, headers: answer.headers, text: String(answer.body) };
  }
  /** An API of an OpenAPI document's paths, served as `ID/live`. */
  async function served(document: object): Promise<string> {
    const body = JSON.stringify({
      swagger: "2.0",
      info: { title: "shop", version: "1" },
      ...document,
    });
    const { id } = await call("ImportRestApi", {}, body);
    await call("CreateDeploymentOfRestApi", { restApiId: id as string, stageName: "live" });
    return `${id as string}/live`;
  }
  return { store, routes, call, ask, served, tasks, started, warnings, clock };
}

export const uri = (rest: string): string => `arn:aws:apigateway:${region}:${rest}`;
export const functionUri = (name: string): string =>
  uri(
    `lambda:path/2015-03-31/functions/arn:aws:lambda:${region}:${accountId}:function:${name}/invocations`,
  );
