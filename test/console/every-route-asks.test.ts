import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { LinkDesk } from "../../src/console/questions/link-desk.ts";
import type { ConsoleService } from "../../src/console/console-service.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { consoleRoutes } from "../../src/server/console/console-api.ts";
import { designerTryRoutes } from "../../src/server/console/designer-try-api.ts";
import { recordingAuthorizer } from "../api/recording-authorizer.ts";
import { accountId, passDefinition, region, roleArn, startServer } from "../api/start-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { askedIamService } from "../iam/asked-iam-service.ts";
import { api, builtConsole } from "./ask.ts";

const authorizer = recordingAuthorizer();
const store = createMemoryStore();
const iam = await askedIamService(authorizer, { store, region, accountId });
const cluster = {
  status: () => ({
    nodeId: "SECRET",
    leaseMs: 1,
    leaseLeftMs: 1,
    view: undefined,
    takenOver: 0,
    lost: 0,
  }),
};
const server = await startServer({
  authorizer,
  consoleFolder: builtConsole(),
  store,
  consoleIam: iam,
  cluster,
});
const views = server.views as ConsoleService;

const states = `arn:aws:states:${region}:${accountId}`;
const activity = `${states}:activity:pack`;
const machine = `${states}:stateMachine:hidden`;
const execution = `${states}:execution:hidden:one`;

beforeAll(async () => {
  await server.service.call("CreateActivity", { name: "pack" });
  const definition = JSON.stringify({
    StartAt: "Pack",
    States: { Pack: { Type: "Task", Resource: activity, End: true } },
  });
  await server.service.call("CreateStateMachine", { name: "hidden", definition, roleArn });
  const input = JSON.stringify({ secret: "SECRET" });
  await server.service.call("StartExecution", { stateMachineArn: machine, name: "one", input });
  await views.index.loaded();
});
beforeEach(() => {
  authorizer.calls.length = 0;
  authorizer.decide = () => ({ allowed: false });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

/** All routes that there are, of the tables that answer them. */
const routes = [
  ...Object.keys(
    consoleRoutes({
      views,
      service: server.service,
      iam,
      links: new LinkDesk({
        questions: views.questions,
        engine: { taskOf: () => undefined },
        clock: systemClock,
        secret: Promise.resolve("secret"),
      }),
      linkBase: "",
      build: () => "",
    }),
  ),
  ...Object.keys(designerTryRoutes(views.designer.trying)).map((route) =>
    route.replace(" ", " designer/"),
  ),
];

/** What stands for the first `*` of a route, by the beginning of its path. */
const ids: { readonly [beginning: string]: string } = {
  workflows: machine,
  executions: execution,
  "map-runs": `${states}:mapRun:hidden/Each:one`,
  jobs: "one",
  call: "CreateActivity",
  iam: "CreateUser",
  "stand-ins": "orders",
  "designer/actions": "sqs:sendMessage",
  "designer/sdk-services": "sqs",
  "designer/case-of": execution,
  designer: machine,
  "stack-of": machine,
  stacks: "orders",
  schedules: `arn:aws:scheduler:${region}:${accountId}:schedule/default/nightly`,
  deliveries: "given-up/1",
  functions: `arn:aws:lambda:${region}:${accountId}:function:greet`,
  services: "scheduler:ListSchedules",
};

const task = { executionArn: execution, taskId: 3 };
const testCase = { name: "one", input: {}, expect: {} };
/** Something that each route would take: only then it is the question that refuses. */
const bodies: { readonly [route: string]: unknown } = {
  "POST workflows/*/definition": { definition: passDefinition },
  "POST approvals": { ...task, output: "1" },
  "POST approvals/views": task,
  "POST approvals/claims": { ...task, name: "Ada" },
  "POST jobs": { action: "stop", filter: "status:running" },
  "POST jobs/*": { action: "cancel" },
  "POST designer/evaluate": { fields: [] },
  "POST designer/convert": { definition: passDefinition },
  "POST designer/permissions": { definition: passDefinition, roleArn },
  "POST designer/scope": { definition: passDefinition, state: "Pass" },
  "POST call/*": { name: "made" },
  "POST iam/*": { UserName: "made" },
  "POST links": task,
  "POST stacks/*/drift": {},
  "POST schedules/*/run": {},
  "POST deliveries/*": { action: "retry" },
  "POST functions/*/invoke": { payload: "{}" },
  "POST services/*": {},
  "POST designer/simulate": { definition: passDefinition },
  "POST designer/run-cases": { definition: passDefinition, cases: [] },
  "POST designer/mock-file": { cases: [] },
  "POST designer/read-mock-file": { text: "{}" },
  "PUT designer/test-cases/*": { cases: [] },
  "PUT designer/test-cases/*/*": testCase,
  "POST designer/run-cases/*": { cases: [] },
  "POST designer/mock-file/*": { cases: [] },
};

const queries: { readonly [route: string]: string } = {
  "GET designer/resources": "?kind=stateMachine",
};

/** IAM has a name of its own for it. */
const refusals: { readonly [route: string]: string } = { "POST iam/*": "AccessDenied" };

function pathOf(path: string): string {
  const beginning = Object.keys(ids).find((one) => path.startsWith(`${one}/`)) ?? "";
  const id = encodeURIComponent(ids[beginning] ?? "");
  return path.replace("*", id).replace("*", "one");
}

test("what is asked about here are the routes of IAM and of the cluster, too", () => {
  expect(routes).toEqual(expect.arrayContaining(["POST iam/*", "GET settings/cluster"]));
});

test.each(routes)(
  "%s asks whether the caller may, and tells nobody else anything",
  async (route) => {
    const [method = "", path = ""] = route.split(" ");
    const needsBody = method === "POST" || method === "PUT";
    expect(needsBody ? Object.keys(bodies) : []).toEqual(
      needsBody ? expect.arrayContaining([route]) : [],
    );
    const answer = await api(server.port, pathOf(path) + (queries[route] ?? ""), {
      method,
      body: bodies[route] ?? "",
    });
    expect(authorizer.calls.length).toBeGreaterThan(0);
    expect(answer.text).not.toContain("SECRET");
    // The page that signs people in has to know what server it is of; it is told no more than that.
    if (route === "GET session") expect(answer.body).toMatchObject({ regions: [region] });
    else expect(answer.body).toMatchObject({ __type: refusals[route] ?? "AccessDeniedException" });
  },
);
