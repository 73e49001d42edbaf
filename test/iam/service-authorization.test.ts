import { describe, expect, test } from "vitest";
import { taskPermissions } from "../../src/integrations/access/task-permissions.ts";
import { operationAccess } from "../../src/service/access/operation-access.ts";
import { operationCases } from "../api/operation-cases.ts";
import reference from "./service-authorization.json" with { type: "json" };

/** The condition keys of each action, by the reference. */
const actions: { readonly [name: string]: readonly string[] } = reference.actions;
const operations: { readonly [name: string]: readonly string[] } = reference.operations;
const formats = Object.values(reference.resources).map(
  (format) => new RegExp(`^${format.replaceAll(/\$\{\w+\}/g, "[^:/]+")}$`),
);

/** Actions that are no operations, and who asks about them. */
const ofOther: { readonly [name: string]: string } = {
  InvokeHTTPEndpoint: "HTTP Tasks",
  RevealSecrets: "TestState",
};

test("every action of AWS's service authorization reference is asked about, and no other", () => {
  const asked = [...Object.keys(operationAccess), ...Object.keys(ofOther)];
  expect(asked.toSorted()).toEqual(Object.keys(actions).toSorted());
});

describe.each(Object.entries(operationCases))("%s", (operation, { wants }) => {
  test("asks about the actions that the reference has for it", () => {
    // StartExecution alone never describes: the reference means its `.sync` integration.
    const expected = (operations[operation] ?? []).filter(
      (action) => operation !== "StartExecution" || action !== "states:DescribeExecution",
    );
    const asked = wants.map(({ action }) => action);
    expect(asked.toSorted()).toEqual(expected.toSorted());
    expect(asked[0]).toBe(`states:${operation}`);
  });

  test.each(wants)(
    "gives $action only keys that the reference has for it",
    ({ action, conditions = {} }) => {
      const known = action === "iam:PassRole" ? ["iam:PassedToService"] : knownKeys(action);
      for (const key of Object.keys(conditions)) {
        expect(known).toContain(key.replace(/^aws:RequestTag\/.*/, "aws:RequestTag/${TagKey}"));
      }
    },
  );

  test.each(wants)("asks about $action on a resource of the reference", ({ action, resource }) => {
    if (action === "iam:PassRole") expect(resource).toMatch(/^arn:aws:iam::\d{12}:role\//);
    else if (resource !== "*") expect(formats.some((format) => format.test(resource))).toBe(true);
  });
});

function knownKeys(action: string): readonly string[] {
  return actions[action.replace("states:", "")] ?? [];
}

test("an HTTP Task gives the keys that the reference has for it", () => {
  const [permission] = taskPermissions({
    kind: "service",
    arn: "arn:aws:states:::http:invoke",
    resourceType: "http",
    action: "invoke",
    pattern: "requestResponse",
  } as Parameters<typeof taskPermissions>[0]);
  expect(permission?.action).toBe("states:InvokeHTTPEndpoint");
  expect(Object.keys(permission?.conditions ?? {})).toEqual(actions["InvokeHTTPEndpoint"]);
});
