import { createHash } from "node:crypto";
import type { JsonObject } from "../expression/json.ts";
import { stateMachineArn } from "../machine/arns.ts";
import { ApiError } from "../service/errors/api-error.ts";
import type { Service } from "../service/service.ts";
import { CommandFailure } from "./errors.ts";
import type { Example } from "./examples.ts";
import { readDefinition } from "./read-definition.ts";
import type { Settings } from "./settings.ts";

/** An example that the server has. */
export interface DeployedExample {
  readonly example: Example;
  readonly stateMachineArn: string;
}

/** The name of their role. */
export const examplesRole = "stepwell-examples";

/** Holds a hash of the definition that was deployed: what has another one now was changed by somebody. */
const tagKey = "stepwell:example";

/**
 * Creates the state machines of the examples where the server has none of them, and brings those that it has up to
 * date. One that was deleted stays away, and one that was changed stays as it is. Resolves with those that are there.
 */
export async function deployExamples(
  service: Service,
  examples: readonly Example[],
  settings: Settings,
): Promise<DeployedExample[]> {
  const found = await Promise.all(
    examples.map(async (example) => {
      const arn = stateMachineArn(service.scope, example.name);
      return { example, arn, present: await describe(service, arn) };
    }),
  );
  const isFresh = found.every(({ present }) => present === undefined);
  const deployed: DeployedExample[] = [];
  for (const { example, arn, present } of found) {
    if (present === undefined && !isFresh) continue;
    const definition = await definitionOf(example);
    if (present === undefined) await create(service, example, definition, settings);
    else await update(service, arn, present, definition);
    deployed.push({ example, stateMachineArn: arn });
  }
  return deployed;
}

export async function definitionOf(example: Example): Promise<string> {
  const { content } = await readDefinition(example.definitionPath);
  if (!("syntaxError" in content)) return content.text;
  throw new CommandFailure(`${example.definitionPath}: ${content.syntaxError.message}`);
}

async function describe(service: Service, arn: string): Promise<JsonObject | undefined> {
  try {
    return await service.call("DescribeStateMachine", { stateMachineArn: arn });
  } catch (error) {
    if (error instanceof ApiError && error.code === "StateMachineDoesNotExist") return undefined;
    throw error;
  }
}

async function create(
  service: Service,
  { name }: Example,
  definition: string,
  settings: Settings,
): Promise<void> {
  await service.call("CreateStateMachine", {
    name,
    definition,
    roleArn: `arn:aws:iam::${settings.accountId}:role/${examplesRole}`,
    tags: [{ key: tagKey, value: hashOf(definition) }],
  });
}

async function update(
  service: Service,
  arn: string,
  present: JsonObject,
  definition: string,
): Promise<void> {
  const current = present["definition"];
  if (typeof current !== "string" || current === definition || present["status"] !== "ACTIVE")
    return;
  const { tags } = await service.call("ListTagsForResource", { resourceArn: arn });
  const deployed = (tags as unknown as readonly { key: string; value: string }[]).find(
    ({ key }) => key === tagKey,
  );
  if (deployed?.value !== hashOf(current)) return;
  await service.call("UpdateStateMachine", { stateMachineArn: arn, definition });
  await service.call("TagResource", {
    resourceArn: arn,
    tags: [{ key: tagKey, value: hashOf(definition) }],
  });
}

function hashOf(definition: string): string {
  return createHash("sha256").update(definition).digest("hex");
}
