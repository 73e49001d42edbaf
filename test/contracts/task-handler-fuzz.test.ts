import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type {
  IntegrationAction,
  ParameterKind,
} from "../../src/asl/resources/integration-action.ts";
import { optimizedIntegrations } from "../../src/asl/resources/optimized-integrations.ts";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import type { IntegrationPattern } from "../../src/asl/resources/resource.ts";
import { Payload } from "../../src/expression/payload.ts";
import { createClientModules } from "../../src/integrations/aws/client-modules.ts";
import type { SdkClients, SdkResponse } from "../../src/integrations/aws/sdk-clients.ts";
import { clientPackage } from "../../src/integrations/aws/service-names.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";
import { ServerLeaves, type TaskOutcome } from "../../src/ports/task-handler.ts";
import { ApiError } from "../../src/service/errors/api-error.ts";
import { addressed, type FuzzAnswer, fuzzServer, type FuzzServer } from "./fuzz-server.ts";
import { serviceResource } from "./task-handler-harness.ts";

/** Names that mean something to JavaScript, or are written like something else. */
const names = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "Unknown",
  "a.$",
  "JobId",
  "Tasks",
  "Status",
);
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -1, 1.5, 1e300, "", "text", "SUCCEEDED", "🜁", "\u0000"),
    fc.string({ maxLength: 12 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(names, tie("value")), { maxLength: 3 }).map((pairs) => objectOf(pairs)),
  ),
})).value;
const deep = fc.nat({ max: 300 }).map((levels) => {
  let value: unknown = null;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { A: value };
  return value;
});
const long = fc.nat({ max: 20_000 }).map((length) => "x".repeat(length));

/** With members of any name, as JSON has them. */
function objectOf(pairs: readonly (readonly [string, unknown])[]): unknown {
  const members = pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${members.join()}}`);
}

function valueOfKind(kind: ParameterKind): fc.Arbitrary<unknown> {
  switch (kind) {
    case "text":
    case "string":
      return fc.oneof(fc.constantFrom("", "a", "https://example.test/x"), fc.string());
    case "number":
      return fc.integer();
    case "boolean":
      return fc.boolean();
    case "object":
      return fc.array(fc.tuple(names, anyJson), { maxLength: 3 }).map((pairs) => objectOf(pairs));
    case "list":
      return fc.array(anyJson, { maxLength: 3 });
    case "json":
      return anyJson;
  }
}

/** Mostly what the action takes, so that calls are made; else anything. */
function parametersOf({ parameters = {}, required = [] }: IntegrationAction): fc.Arbitrary<string> {
  const table = Object.entries(parameters);
  const all = [
    ...table.map(([name, written]) => {
      const kind = written.replace("!", "") as ParameterKind;
      const fits = valueOfKind(kind);
      const spoilt = fc.oneof(
        { weight: 30, arbitrary: fits },
        { weight: 1, arbitrary: fc.oneof(anyJson, deep, long) },
      );
      return [
        name,
        written.endsWith("!") ? spoilt : fc.option(spoilt, { nil: undefined }),
      ] as const;
    }),
    ...required.map((name) => [name, fc.string({ minLength: 1 })] as const),
  ];
  const fitting = fc
    .record(Object.fromEntries(all))
    .map((given) => JSON.stringify(given, (_, value: unknown) => value));
  const stranger = fc.tuple(fitting, names, anyJson).map(([text, name, value]) => {
    const added = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
    return text === "{}" ? `{${added}}` : `${text.slice(0, -1)},${added}}`;
  });
  return fc.oneof(
    { weight: 8, arbitrary: fitting },
    { weight: 1, arbitrary: stranger },
    { weight: 1, arbitrary: fc.oneof(anyJson, deep, long).map((value) => JSON.stringify(value)) },
  );
}

const answers: fc.Arbitrary<FuzzAnswer> = fc.oneof(
  fc.record({ type: fc.constant("answered" as const), output: anyJson }),
  fc.record({
    type: fc.constant("refused" as const),
    name: fc.constantFrom("ThrottlingException", "ResourceNotFoundException", "__proto__", ""),
    status: fc.constantFrom(400, 403, 404, 429, 500, 503),
  }),
  fc.record({
    type: fc.constant("lost" as const),
    thrown: fc.constantFrom(new Error("socket hang up"), new Error(""), "a text", null, undefined),
  }),
  fc.record({
    type: fc.constant("garbage" as const),
    response: fc.oneof(anyJson, fc.constant(undefined)),
  }),
);

const modules = createClientModules();

/** The SDK's own clients' descriptions, over services that answer with the next of the answers. */
function clientsOver(given: readonly FuzzAnswer[], called: () => void): SdkClients {
  let next = 0;
  const send = async (): Promise<SdkResponse> => {
    called();
    await Promise.resolve();
    const answer = given[next++ % given.length] as FuzzAnswer;
    switch (answer.type) {
      case "answered":
        return { ...(answer.output as object), $metadata: { httpStatusCode: 200, requestId: "r" } };
      case "refused":
        throw Object.assign(new Error("no"), {
          name: answer.name,
          $fault: "client",
          $metadata: { httpStatusCode: answer.status },
        });
      case "lost":
        throw answer.thrown;
      case "garbage":
        return answer.response as SdkResponse;
    }
  };
  return {
    modules,
    async connect(service) {
      const module = await modules.load(service);
      if (module === undefined) {
        return { type: "notInstalled", packageName: clientPackage(service) };
      }
      const config = { serviceId: service };
      const client = { config, destroy() {}, send };
      return { type: "connected", service: { client, errorPrefix: service, module } };
    },
    close() {},
  };
}

interface Try {
  readonly pattern: IntegrationPattern;
  readonly parameters: string;
  readonly given: readonly FuzzAnswer[];
  readonly resumes: string | undefined;
  readonly leaves: boolean;
}

/** Some seconds for all services together. */
const numRuns = Number(process.env["STEPWELL_FUZZ_RUNS"] ?? 40);

/** Calls after which nobody waits any more: what does not end then hangs. */
const mostCalls = 12;

async function outcomeOf(
  service: string,
  action: string,
  one: Try,
  web: FuzzServer,
): Promise<TaskOutcome | "hangs"> {
  const abort = new AbortController();
  let calls = 0;
  const called = (): void => {
    if (++calls === mostCalls) abort.abort(one.leaves ? new ServerLeaves() : new Error("stopped"));
  };
  const api = async (): Promise<object> => {
    called();
    await Promise.resolve();
    const answer = one.given[calls % one.given.length] as FuzzAnswer;
    if (answer.type !== "answered") throw new ApiError("ExecutionDoesNotExist", "no");
    const { output } = answer;
    return typeof output === "object" && output !== null && !Array.isArray(output) ? output : {};
  };
  web.begin(one.given, called);
  let now = 1_000_000;
  const handlers = createTaskHandlers({
    // Whatever is waited for comes at once; time-outs of calls, which are cancelled, do not.
    clock: {
      now: () => now,
      schedule(at, wake) {
        const timer = setImmediate(() => {
          now = Math.max(now, at);
          wake();
        });
        return () => clearImmediate(timer);
      },
    },
    ids: { uuid: () => randomUUID(), seed: () => 1 },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    stepFunctions: { call: api as () => Promise<never> },
    region: "eu-west-1",
    accountId: "123456789012",
    clients: clientsOver(one.given, called),
    resolve: () => Promise.reject(Object.assign(new Error("no name"), { code: "ENOTFOUND" })),
    http: { allowHttp: true, allowPrivateAddresses: ["127.0.0.1"] },
    connections: { c: { authorization: "none" } },
    apigateway: { endpoints: { abc123: web.origin } },
    kubernetes: { kubeconfig: web.kubeconfig },
  });
  try {
    const resource = serviceResource(service, action, one.pattern);
    const handler = handlers.find(resource);
    const isCalled = ["apigateway", "eks", "http"].includes(service);
    const parameters = Payload.ofText(
      isCalled ? addressed(one.parameters, web.origin, service) : one.parameters,
    );
    const refusal = handler.refuseParameters?.(resource, parameters);
    expect(["undefined", "string"]).toContain(typeof refusal);
    const request = {
      resource,
      parameters,
      executionArn: "arn:aws:states:eu-west-1:123456789012:execution:machine:one",
      stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:machine",
      stateName: "Call",
      taskId: 3,
      taskToken: "token",
      timeoutSeconds: undefined,
      credentialsRoleArn: undefined,
      roleArn: "arn:aws:iam::123456789012:role/role",
    };
    const control = { signal: abort.signal, submitted: () => Promise.resolve() };
    // Only what was submitted, with parameters that were not refused, is taken up.
    const isJob = one.pattern === "sync" || one.pattern === "sync:2";
    const ending =
      one.resumes === undefined || handler.resume === undefined || refusal !== undefined || !isJob
        ? handler.run(request, control)
        : handler.resume(request, Payload.ofText(one.resumes), control);
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<"hangs">((resolve) => {
      // What waits for nothing any more is told so, and then has to end.
      timer = setTimeout(() => {
        abort.abort(new Error("stopped"));
        timer = setTimeout(() => resolve("hangs"), 2_000);
      }, 500);
    });
    return await Promise.race([ending, hangs]).finally(() => clearTimeout(timer));
  } finally {
    handlers.close();
  }
}

function definitionOf(service: string, action: string, { pattern, parameters }: Try): string {
  const suffix = pattern === "requestResponse" ? "" : `.${pattern}`;
  const Resource = `arn:aws:states:::${service}:${action}${suffix}`;
  return `{"StartAt":"T","States":{"T":{"Type":"Task","Resource":${JSON.stringify(Resource)},"Parameters":${parameters},"End":true}}}`;
}

const integrations = Object.entries(optimizedIntegrations).filter(([name]) => name !== "stepwell");

describe("whatever parameters and services come up with, a task has one of the four outcomes", () => {
  test.each(integrations)("%s", async (service, actions) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const web = await fuzzServer();
    const tries = fc.constantFrom(...Object.entries(actions)).chain(([action, description]) =>
      fc.record({
        action: fc.constant(action),
        pattern: fc.constantFrom(...description.patterns),
        parameters: parametersOf(description),
        given: fc.array(answers, { minLength: 1, maxLength: 4 }),
        resumes: fc.option(
          anyJson.map((value) => JSON.stringify(value)),
          { nil: undefined, freq: 4 },
        ),
        leaves: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(tries, async ({ action, ...one }) => {
        parseDefinition(definitionOf(service, action, one));
        const outcome = await outcomeOf(service, action, one, web);
        expect(outcome).not.toBe("hangs");
        const { type } = outcome as TaskOutcome;
        expect(["succeeded", "failed", "rejected", "pending"]).toContain(type);
        // What is stored has to be a text that is JSON.
        if (typeof outcome === "object" && outcome.type === "succeeded") {
          JSON.parse(outcome.output.text);
        }
      }),
      { numRuns },
    );
    expect(unhandled).toEqual([]);
  });
});
