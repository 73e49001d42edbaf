import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { optimizedIntegrations } from "../../src/asl/resources/optimized-integrations.ts";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { authorizedHandler } from "../../src/integrations/access/authorized-handler.ts";
import { connectionAccesses } from "../../src/integrations/access/connection-access.ts";
import { permissionResources } from "../../src/integrations/access/permission-resources.ts";
import {
  callPermissions,
  callsThisEngine,
} from "../../src/integrations/access/task-permissions.ts";
import { createSdkClients } from "../../src/integrations/aws/sdk-clients.ts";
import type { Permission } from "../../src/integrations/described/permission.ts";
import { taskCaller } from "../../src/ports/caller.ts";
import type { TaskHandler, TaskRequest } from "../../src/ports/task-handler.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, arnOfRole, enforcingStepwell, type StatementText } from "./enforcing-stepwell.ts";

const server = await enforcingStepwell();
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const clients = createSdkClients({ logger });
const { authorizer } = server.stepwell.iam;
beforeAll(() => server.role("tasks", []));
afterAll(async () => {
  clients.close();
  await server.close();
});

/** Every resource that a definition can name: each action with each pattern, and one of those that no table lists. */
const texts = [
  `arn:aws:lambda:${region}:${accountId}:function:pack`,
  `arn:aws:lambda:${region}:${accountId}:function:pack:live`,
  "arn:aws:states:::aws-sdk:s3:getObject",
  "arn:aws:states:::aws-sdk:cloudwatchlogs:putLogEvents.waitForTaskToken",
  ...Object.entries(optimizedIntegrations).flatMap(([service, actions]) =>
    Object.entries(actions).flatMap(([action, { patterns }]) =>
      patterns.map((pattern) => {
        const prefix =
          service === "stepwell" ? "arn:stepwell:states:::" : `arn:aws:states:::${service}:`;
        return `${prefix}${action}${pattern === "requestResponse" ? "" : `.${pattern}`}`;
      }),
    ),
  ),
];

function resourceOf(text: string): TaskRequest["resource"] {
  const { resource } = parseResource(text);
  if (resource === undefined || resource.kind === "activity") throw new Error(`${text} is no task`);
  return resource;
}

/** Parameters that name what is acted on, each in its way. */
function parametersFor(resource: TaskRequest["resource"]): JsonObject {
  const given: Record<string, JsonObject[string]> = {
    AuthType: "IAM_ROLE",
    ApiEndpoint: "https://abc.execute-api.eu-west-1.amazonaws.com/orders",
    Method: "POST",
    Url: "https://example.com/hook",
    Authentication: {
      ConnectionArn: `arn:aws:events:${region}:${accountId}:connection/partner/5b7d`,
    },
  };
  for (const { resource: named } of callPermissions({
    resource,
    parameters: Payload.ofValue(given),
  })) {
    const [path] = named?.parameters ?? [];
    if (named === undefined || path === undefined || named.as === "api host") continue;
    const [first = "", ...rest] = path.split(".");
    const value = values[named.as] ?? "";
    const inner = rest.reduceRight<JsonObject[string]>((of, name) => ({ [name]: of }), value);
    if (first.endsWith("[]")) given[first.slice(0, -2)] = [inner];
    else given[first] = inner;
  }
  return given;
}

const values: { readonly [as: string]: string } = {
  arn: `arn:aws:any:${region}:${accountId}:thing`,
  "queue URL": `https://sqs.${region}.amazonaws.com/${accountId}/orders`,
  "object URI": "s3://data/script.py",
  function: "pack",
  name: "orders",
};

function requestOf(text: string): TaskRequest {
  const resource = resourceOf(text);
  return {
    resource,
    parameters: Payload.ofValue(parametersFor(resource)),
    executionArn: `arn:aws:states:${region}:${accountId}:execution:orders:one`,
    stateMachineArn: `arn:aws:states:${region}:${accountId}:stateMachine:orders`,
    stateName: "Call",
    taskId: 3,
    taskToken: "token",
    timeoutSeconds: undefined,
    roleArn: arnOfRole("tasks"),
    credentialsRoleArn: undefined,
  };
}

/** What is run, and how often it was really called. */
async function run(request: TaskRequest, statements: readonly StatementText[]) {
  await server.policy("tasks", statements);
  let calls = 0;
  const service: TaskHandler = {
    handles: () => true,
    run: () => {
      calls += 1;
      return Promise.resolve({ type: "succeeded", output: Payload.ofText("{}") });
    },
  };
  const handler = authorizedHandler(service, { authorizer, clients, ids: systemIds });
  const outcome = await handler.run(request, {
    signal: new AbortController().signal,
    submitted: () => Promise.resolve(),
    heartbeat() {},
  } as Parameters<TaskHandler["run"]>[1]);
  return { outcome, calls };
}

interface Wanted {
  readonly action: string;
  readonly resource: string;
  readonly keys: readonly string[];
}

function wantedBy(request: TaskRequest): readonly Wanted[] {
  const own = callPermissions(request).flatMap((permission: Permission) =>
    permissionResources(permission, request, taskCaller({ ...principal, ...request })).map(
      (resource) => ({
        action: permission.action,
        resource,
        keys: Object.keys(permission.conditions ?? {}),
      }),
    ),
  );
  const isHttp = request.resource.kind === "service" && request.resource.resourceType === "http";
  const { value } = request.parameters;
  const connection = isHttp ? connectionAccesses(value).map((one) => ({ ...one, keys: [] })) : [];
  return [...own, ...connection];
}
const principal = { type: "role" } as const;

const asked = texts.filter((text) => !callsThisEngine(resourceOf(text)));
const denied = { type: "failed", error: expect.stringMatching(/./) };

describe.each(asked)("%s", (text) => {
  const request = requestOf(text);
  const wants = wantedBy(request);
  const all = wants.map(({ action, resource }) => allow(action, resource));

  test("is called by a role that may, by statements for what it asks about alone", async () => {
    expect(wants.length).toBeGreaterThan(0);
    expect(await run(request, all)).toMatchObject({ outcome: { type: "succeeded" }, calls: 1 });
  });

  test("is not called by a role that may nothing, or everything else", async () => {
    expect(await run(request, [])).toMatchObject({ outcome: denied, calls: 0 });
    for (const [index, { action }] of wants.entries()) {
      const others = all.toSpliced(index, 1, allow("none:none"));
      expect(await run(request, others)).toMatchObject({ outcome: denied, calls: 0 });
      const denying = { ...allow(action), Effect: "Deny" as const };
      expect(await run(request, [allow("*"), denying])).toMatchObject({
        outcome: denied,
        calls: 0,
      });
    }
  });

  test("is not called where the role may do it to another resource", async () => {
    for (const [index, { action, resource }] of wants.entries()) {
      const other = resource === "*" ? `arn:aws:any:${region}:${accountId}:*` : `${resource}x`;
      const others = all.toSpliced(index, 1, allow(action, other));
      expect(await run(request, others)).toMatchObject({ outcome: denied, calls: 0 });
    }
  });

  test("is not called where the role may do it under other conditions", async () => {
    for (const [index, { action, resource, keys }] of wants.entries()) {
      for (const key of keys) {
        const Condition = { StringEquals: { [key]: "another" } };
        const others = all.toSpliced(index, 1, allow(action, resource, { Condition }));
        expect(await run(request, others)).toMatchObject({ outcome: denied, calls: 0 });
      }
    }
  });
});

test("what calls this engine is not asked about twice: its API asks", async () => {
  const ours = texts.filter((text) => !asked.includes(text));
  expect(ours.every((text) => text.includes(":states:startExecution"))).toBe(true);
  for (const text of ours) expect(await run(requestOf(text), [])).toMatchObject({ calls: 1 });
});
