import { afterAll, expect, test } from "vitest";
import { deployExamples } from "../../src/cli/deploy-examples.ts";
import { makeExamplesRole } from "../../src/cli/examples-role.ts";
import { readExamples } from "../../src/cli/examples.ts";
import type { Settings } from "../../src/cli/settings.ts";
import { policiesOfRole } from "../../src/iam/authorizer/policies-of.ts";
import { lacking } from "../../src/iam/requirements/lacking.ts";
import { requirementsOf } from "../../src/iam/requirements/requirements-of.ts";
import { accountId } from "../api/start-server.ts";
import { arnOfRole, enforcingStepwell } from "./enforcing-stepwell.ts";

const server = await enforcingStepwell();
afterAll(() => server.close());
const examples = readExamples();

test("where roles are enforced the examples have one that may do what they do, and it stays as somebody made it", async () => {
  await makeExamplesRole(server.stepwell, examples);
  const deployed = await deployExamples(server.service, examples, { accountId } as Settings);
  expect(deployed).toHaveLength(examples.length);
  const view = await server.stepwell.iam.directory.view();
  const role = view.byArn("role", arnOfRole("stepwell-examples"));
  if (role === undefined) throw new Error("there is no role");
  for (const { stateMachineArn } of deployed) {
    const { definition } = await server.service.call("DescribeStateMachine", { stateMachineArn });
    const needed = requirementsOf(JSON.parse(definition as string), { stateMachineArn });
    expect(lacking(needed, policiesOfRole(view, role))).toEqual([]);
  }
  await server.asOwner("DeleteRolePolicy", { RoleName: role.name, PolicyName: "examples" });
  await makeExamplesRole(server.stepwell, examples);
  const again = (await server.stepwell.iam.directory.view()).named("role", role.name);
  expect(again?.inlinePolicies).toEqual({});
});
