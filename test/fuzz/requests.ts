import { readFileSync } from "node:fs";
import fc from "fast-check";
import { iamOperations } from "../../src/iam/operations/iam-service.ts";
import { serviceModel, type OperationName } from "../../src/service/model/service-model.ts";
import { roleArn } from "../api/start-server.ts";
import { definitions, likelyDefinitions } from "./definitions.ts";
import { jsonata, paths } from "./expressions.ts";
import { executionArn, machineArn } from "./fuzz-server.ts";
import { damaged, json, jsonTexts, names, numbers, texts } from "./vocabulary.ts";

/** A request as it goes out. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const arns = fc.constantFrom(
  machineArn,
  `${machineArn}:1`,
  `${machineArn}/label`,
  `${machineArn}#case`,
  executionArn,
  executionArn.replace("execution", "mapRun").replace(":e", "/l:e"),
  machineArn.replace("stateMachine", "activity"),
  machineArn.replace("eu-west-1", "us-east-1"),
  "arn:aws:states:::",
  "arn:",
  roleArn,
);

/** Mostly what a member of this name has. */
function memberOf(name: string): fc.Arbitrary<unknown> {
  const anything = fc.oneof(arns, json, numbers, texts);
  const fitting = fittingOf(name);
  return fitting === undefined
    ? anything
    : fc.oneof({ weight: 4, arbitrary: fitting }, { weight: 1, arbitrary: anything });
}

function fittingOf(name: string): fc.Arbitrary<unknown> | undefined {
  if (name === "definition") return fc.oneof(likelyDefinitions, definitions);
  if (/^(input|output|variables|context)$/i.test(name)) return jsonTexts;
  if (/arn$/i.test(name)) return arns;
  if (/token/i.test(name)) return damaged(fc.constant("AAAABBBBCCCCDDDD.eyJhIjoxfQ"));
  if (/maxResults|tolerated|maxConcurrency/i.test(name)) return numbers;
  if (name === "type") return fc.constantFrom("STANDARD", "EXPRESS");
  return undefined;
}

/** These wait for something that will not come. */
const waiting = new Set<string>(["GetActivityTask"]);
const operations = Object.keys(serviceModel).filter((name) => !waiting.has(name));

function inputOf(operation: string): fc.Arbitrary<unknown> {
  const members = Object.keys(serviceModel[operation as OperationName].input);
  const known = fc.constantFrom(...members, "__proto__", "constructor");
  const member = known.chain((name) => fc.tuple(fc.constant(name), memberOf(name)));
  return fc
    .array(fc.oneof({ weight: 8, arbitrary: member }, fc.tuple(names, json)), { maxLength: 5 })
    .map((pairs) => Object.fromEntries(pairs) as unknown);
}

const json10 = "application/x-amz-json-1.0";

/** Any operation of the API with members that it has and some that it has not, each with any value, and bodies that are damaged. */
export const apiRequests: fc.Arbitrary<FuzzRequest> = fc
  .constantFrom(...operations)
  .chain((operation) => {
    const bodies = inputOf(operation).map((input) => JSON.stringify(input));
    return fc.record({
      method: fc.constant("POST"),
      path: fc.constant("/"),
      headers: fc.constant({
        "Content-Type": json10,
        "X-Amz-Target": `AWSStepFunctions.${operation}`,
      }),
      body: fc.oneof(
        { weight: 8, arbitrary: bodies },
        { weight: 2, arbitrary: damaged(bodies) },
        { weight: 1, arbitrary: jsonTexts },
      ),
    });
  });

/** A machine of any definition that is taken runs with any input. */
export const machineRequests: fc.Arbitrary<readonly FuzzRequest[]> = fc
  .tuple(likelyDefinitions, jsonTexts, fc.constantFrom("STANDARD", "EXPRESS"), fc.nat(99_999_999))
  .map(([definition, input, type, number]) => {
    const name = `f${number}`;
    const stateMachineArn = machineArn.replace(/m$/, name);
    return (
      [
        ["CreateStateMachine", { name, definition, roleArn, type }],
        [
          type === "EXPRESS" ? "StartSyncExecution" : "StartExecution",
          { stateMachineArn, name: "e", input },
        ],
        ["TestState", { definition: firstState(definition), roleArn, input }],
        ["StopExecution", { executionArn: executionArn.replace(":m:", `:${name}:`) }],
        ["DeleteStateMachine", { stateMachineArn }],
      ] as const
    ).map(([operation, body]) => ({
      method: "POST",
      path: "/",
      headers: { "Content-Type": json10, "X-Amz-Target": `AWSStepFunctions.${operation}` },
      body: JSON.stringify(body),
    }));
  });

function firstState(definition: string): string {
  const { States } = JSON.parse(definition) as { readonly States: object };
  return JSON.stringify(Object.values(States)[0]);
}

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "states:*", Resource: "*" }],
});
const iamActions = Object.entries(iamOperations).flatMap(([service, table]) =>
  Object.keys(table).map((action) => [service, action] as const),
);
const formName = fc.oneof(
  fc.constantFrom("UserName", "GroupName", "RoleName", "PolicyName", "PolicyArn", "Path", "Marker"),
  fc.constantFrom("PolicyDocument", "AssumeRolePolicyDocument", "MaxItems", "Tags.member.1.Key"),
  fc.constantFrom("Tags.member.1.Value", "ActionNames.member.1", "PolicyInputList.member.1"),
  fc.constantFrom("RoleArn", "RoleSessionName", "DurationSeconds", "AccessKeyId", "Status"),
  fc.constantFrom("Action", "Version", "__proto__", "constructor.prototype", "a.member.0", "a.b.c"),
  fc.nat(2_000).map((depth) => `a${".a".repeat(depth)}`),
);
const formValue = fc.oneof(
  fc.constantFrom("alice", "root", "/", "arn:aws:iam::aws:policy/AdministratorAccess", "1"),
  fc.constant(policy),
  damaged(fc.constant(policy)),
  jsonTexts,
  texts,
);

/** IAM's and STS's operations as forms, also such as are none. */
export const formRequests: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.constantFrom(...iamActions),
    fc.array(fc.tuple(formName, formValue), { maxLength: 6 }),
    fc.constantFrom("application/json", "text/xml"),
  )
  .chain(([[service, action], pairs, accept]) => {
    const form = new URLSearchParams([
      ["Action", action],
      ["Version", service === "iam" ? "2010-05-08" : "2011-06-15"],
      ...pairs.map(([name, value]) => [name, value]),
    ]).toString();
    return fc.record({
      method: fc.constant("POST"),
      path: fc.constant("/"),
      headers: fc.constant({ "Content-Type": "application/x-www-form-urlencoded", Accept: accept }),
      body: fc.oneof(
        { weight: 4, arbitrary: fc.constant(form) },
        { weight: 1, arbitrary: damaged(fc.constant(form)) },
        { weight: 1, arbitrary: fc.nat(3_000).map((count) => "a=&".repeat(count) + form) },
      ),
    });
  });

/** The routes of the console's API, as its sources name them: none can be left out. */
const routes = [
  ...routesIn("console-api", /"((?:GET|POST) [a-z*/-]+)"/g, (route) => route),
  ...routesIn("designer-api", /"((?:GET|POST) [a-z*/-]+)"/g, (route) => route),
  ...routesIn("designer-try-api", /case "([A-Z]+ [a-z-]+)"/g, (route) => `designer/${route}/*`),
  ...routesIn("designer-try-api", /what === "([a-z-]+)"/g, (_, what) => `designer/${what}`),
  ...["GET", "PUT", "DELETE"].map((method) => [method, "designer/test-cases/*/*"] as const),
];

function routesIn(
  file: string,
  pattern: RegExp,
  pathOf: (route: string, name: string) => string,
): readonly (readonly [method: string, path: string])[] {
  const source = readFileSync(new URL(`../../src/server/console/${file}.ts`, import.meta.url));
  return [...source.toString().matchAll(pattern)].map(([, found = ""]) => {
    const [method = "", route] = found.split(" ", 2);
    return route === undefined
      ? (["POST", pathOf("", found)] as const)
      : ([method, pathOf(route, "")] as const);
  });
}

const segment = fc.oneof(
  arns.map(encodeURIComponent),
  fc.constantFrom(
    "..",
    "%2e%2e",
    "%00",
    "%",
    "%ff",
    "*",
    "__proto__",
    "constructor",
    "a".repeat(5_000),
  ),
  texts.map((text) => encodeURIComponent(text.toWellFormed())),
);
const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ..."filter after limit from window hours region parent status".split(" "),
        ..."execution executions minutes data reverse index visit task".split(" "),
      ),
      fc.oneof(
        texts,
        numbers.map(String),
        fc.constantFrom("status:failed", "(((", "a and or", '"', "input.a > 1", "-", "1h", "x@9"),
        paths,
      ),
    ),
    { maxLength: 3 },
  )
  .map((pairs) =>
    new URLSearchParams(pairs.map(([name, value]) => [name, value.toWellFormed()])).toString(),
  );
const consoleBodies = fc.oneof(
  fc
    .dictionary(
      fc.constantFrom(
        ..."executionArn taskId output name definition text expression input".split(" "),
        ..."kind filter action operation state document path variables".split(" "),
        ..."cases mocks fields stateMachineArn queryLanguage file taskToken".split(" "),
      ),
      fc.oneof(arns, json, jsonTexts, likelyDefinitions, jsonata, numbers),
      { maxKeys: 5 },
    )
    .map((body) => JSON.stringify(body)),
  jsonTexts,
);

/** Longer heads are refused by the parser, which knows no method yet: who has sent HEAD gets a body, and the connection is ended. */
const longestPath = 12_000;

/** The console's own API, its files, pages behind links and webhooks. */
export const consoleRequests: fc.Arbitrary<FuzzRequest> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...routes), segment, query, consoleBodies)
    .map(([[method, route], id, asked, body]) => ({
      method,
      path: `/console/api/${route.replaceAll("*", id)}?${asked}`,
      headers: { "Content-Type": "application/json" },
      body: method === "GET" ? "" : body,
    })),
  fc
    .tuple(
      fc.constantFrom("GET", "HEAD", "POST", "PUT", "OPTIONS"),
      fc.constantFrom(
        "/console/",
        "/console/assets/",
        "/console/approve/",
        "/console/api/",
        "/hooks/",
        "/",
      ),
      fc.array(segment, { maxLength: 3 }),
      consoleBodies,
    )
    .map(([method, base, segments, body]) => ({
      method,
      path: (base + segments.join("/")).slice(0, longestPath),
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: method === "GET" || method === "HEAD" ? "" : body,
    })),
);
