import { parseJson } from "../expression/parse-json.ts";
import { leastPolicy } from "../iam/requirements/least-policy.ts";
import { requirementsOf } from "../iam/requirements/requirements-of.ts";
import { IamError } from "../iam/operations/iam-error.ts";
import { stateMachineArn } from "../machine/arns.ts";
import type { Caller } from "../ports/caller.ts";
import type { Stepwell } from "../server/stepwell-server.ts";
import { definitionOf, examplesRole } from "./deploy-examples.ts";
import type { Example } from "./examples.ts";

const trustPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "states.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
};

/** Makes the role of the examples, with the least policy for all of them, where there is none and workflows need theirs. */
export async function makeExamplesRole(
  { iam, service: { scope } }: Pick<Stepwell, "iam" | "service">,
  examples: readonly Example[],
): Promise<void> {
  if (iam.workflowRoles === "ignore" || examples.length === 0) return;
  const owner: Caller = { ...scope, principal: { type: "owner" } };
  const RoleName = examplesRole;
  try {
    await iam.service.call(
      "iam",
      "CreateRole",
      { RoleName, AssumeRolePolicyDocument: JSON.stringify(trustPolicy) },
      owner,
    );
  } catch (error) {
    if (error instanceof IamError && error.code === "EntityAlreadyExists") return;
    throw error;
  }
  const requirements = await Promise.all(
    examples.map(async (example) =>
      requirementsOf(parseJson(await definitionOf(example)), {
        stateMachineArn: stateMachineArn(scope, example.name),
      }),
    ),
  );
  const policy = leastPolicy(requirements.flat());
  if (policy === undefined) return;
  const document = { RoleName, PolicyName: "examples", PolicyDocument: JSON.stringify(policy) };
  await iam.service.call("iam", "PutRolePolicy", document, owner);
}
