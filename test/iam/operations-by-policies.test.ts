import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Access, Conditions } from "../../src/ports/authorizer.ts";
import type { Caller } from "../../src/ports/caller.ts";
import {
  machine,
  makeResources,
  operationCases,
  queue,
  type Tokens,
} from "../api/operation-cases.ts";
import { allow, enforcingStepwell, policyText, type StatementText } from "./enforcing-stepwell.ts";

const server = await enforcingStepwell({ around: () => ({ find: () => queue }) });
let tokens: Tokens;
let caller: Caller;
beforeAll(async () => {
  await server.role("test", [allow("logs:*")]);
  tokens = await makeResources(server.service);
  // Has a task for a worker that asks for one.
  await server.service.call("StartExecution", { stateMachineArn: machine, name: "two" });
  caller = await server.user("caller", [allow("none:none")]);
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

/** Calls as a user whose only policy this is. */
async function call(name: string, statements: readonly StatementText[]): Promise<unknown> {
  const PolicyDocument = policyText(...statements);
  await server.asOwner("PutUserPolicy", { UserName: "caller", PolicyName: "own", PolicyDocument });
  const { input } = operationCases[name as keyof typeof operationCases];
  return server.service.call(name, input(tokens), { caller });
}

/** A statement that allows one access and nothing else: on its resource, under its conditions. */
function exactly({ action, resource, conditions = {} }: Access): StatementText {
  return allow(action, resource, conditionOf(conditions));
}

function conditionOf(conditions: Conditions): Pick<StatementText, "Condition"> {
  const entries = Object.entries(conditions);
  if (entries.length === 0) return {};
  const single = entries.filter(([, value]) => typeof value === "string");
  const many = entries.filter(([, value]) => typeof value !== "string");
  return {
    Condition: {
      ...(single.length > 0 && { StringEquals: Object.fromEntries(single) }),
      ...(many.length > 0 && { "ForAnyValue:StringEquals": Object.fromEntries(many) }),
    },
  };
}

/** The same accesses, but this one another. */
const changed = (wants: readonly Access[], index: number, change: (access: Access) => Access) =>
  wants.map((access, at) => exactly(at === index ? change(access) : access));

const refusalOf = ({ action, resource }: Access, because: string) => ({
  code: "AccessDeniedException",
  message: expect.stringMatching(
    new RegExp(`user/caller is not authorized to perform: ${action} on resource: .* ${because}`),
  ),
  resource,
});

const cases = Object.entries(operationCases);
const accesses = cases.flatMap(([name, { wants }]) =>
  wants.map((access, index) => [name, access.action, index] as const),
);
const wantsOf = (name: string): readonly Access[] =>
  operationCases[name as keyof typeof operationCases].wants;

describe.each(accesses)("%s is refused its access to %s", (name, _, index) => {
  const wants = wantsOf(name);
  const wanted = wants[index] as Access;
  const { code, message } = refusalOf(wanted, "because no identity-based policy allows");
  const refused = { code, message };

  test("without a statement that allows it", async () => {
    const others = wants.filter((_access, at) => at !== index).map(exactly);
    await expect(call(name, [...others, allow("none:none")])).rejects.toMatchObject(refused);
  });

  test("by a statement that denies it, whatever is allowed", async () => {
    const denying = { ...exactly(wanted), Effect: "Deny" as const };
    await expect(call(name, [allow("*"), denying])).rejects.toMatchObject({
      code,
      message: expect.stringContaining(
        `perform: ${wanted.action} on resource: ${wanted.resource} with an explicit deny in an identity-based policy`,
      ),
    });
  });

  test("where another resource is allowed", async () => {
    const other = changed(wants, index, (access) => ({ ...access, resource: anotherThan(access) }));
    await expect(call(name, other)).rejects.toMatchObject(refused);
  });

  test("where another action is allowed", async () => {
    const other = changed(wants, index, (access) => ({ ...access, action: `${access.action}s` }));
    await expect(call(name, other)).rejects.toMatchObject(refused);
  });

  test.each(Object.keys(wanted.conditions ?? {}))("under another condition for %s", async (key) => {
    const given = wanted.conditions?.[key];
    const value = typeof given === "string" ? "another" : ["another"];
    const other = changed(wants, index, (access) => ({
      ...access,
      conditions: { ...access.conditions, [key]: value },
    }));
    await expect(call(name, other)).rejects.toMatchObject(refused);
  });
});

/** *Documented*: where an action has no resource, only `*` allows it. */
function anotherThan({ resource }: Access): string {
  return resource === "*" ? "arn:aws:states:eu-west-1:123456789012:stateMachine:*" : `${resource}x`;
}

/** Those that take away what others act on come last, each group after the one before. */
const endings = [/Heartbeat$/, /TaskSuccess$/, /TaskFailure$/, /^Stop/, /^Delete/];
const turnOf = (name: string): number => endings.findIndex((ending) => ending.test(name));
const gentleFirst = cases.toSorted(([a], [b]) => turnOf(a) - turnOf(b));

test.each(gentleFirst)("%s is allowed by statements for its accesses alone", async (name) => {
  const outcome = await call(name, wantsOf(name).map(exactly)).then(
    () => "allowed",
    ({ code }: { readonly code?: string }) => code ?? "broken",
  );
  // What there is not is told only to who may ask.
  expect(notThere[name] ?? "allowed").toBe(outcome);
});

/** The cases name a Map Run that there is not, and an execution that is still running. */
const notThere: { readonly [name: string]: string } = {
  DescribeMapRun: "ResourceNotFound",
  UpdateMapRun: "ResourceNotFound",
  RedriveExecution: "ExecutionNotRedrivable",
};
