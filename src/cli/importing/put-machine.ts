import { textOf } from "../../deploy/text-of.ts";
import { jsonEquals, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { CommandFailure } from "../errors.ts";
import type { Account } from "./account.ts";
import { type FoundMachine, numberOf, readMachine } from "./read-machine.ts";

/** The tag that says where something was imported from: what has it may be brought up to date by a later import. */
export const originTag = "stepwell:imported-from";

/**
 * Makes a state machine, its versions and its aliases in `target`, or goes on where an import of it has ended. Answers what has another number here.
 *
 * Versions are published one after the other, each from a revision that is what it was there: numbers that are missing there are not missing here.
 */
export async function putMachine(
  found: FoundMachine,
  target: Account,
  presentArn: string | undefined,
): Promise<readonly string[]> {
  const stateMachineArn = presentArn ?? (await create(found, target));
  const present = await readMachine(target, stateMachineArn);
  checkOrigin(found, present);
  const numbers = new Map<number, string>();
  const notes: string[] = [];
  for (const [index, version] of found.versions.entries()) {
    const here = present.versions[index];
    if (here !== undefined && !isSame(here.settings, version.settings)) {
      throw new CommandFailure(
        `its version ${here.number} here is not version ${version.number} there`,
      );
    }
    const versionArn =
      here === undefined
        ? await publish(stateMachineArn, version, target)
        : `${stateMachineArn}:${here.number}`;
    numbers.set(version.number, versionArn);
    const number = numberOf(versionArn);
    if (number !== version.number) notes.push(`version ${version.number} is ${number} here`);
  }
  await target.call("UpdateStateMachine", { stateMachineArn, ...found.latest });
  await target.call("TagResource", { resourceArn: stateMachineArn, tags: tagsFor(found) });
  for (const alias of found.aliases) {
    const isThere = present.aliases.some(({ name }) => name === alias.name);
    const routingConfiguration = alias.routes.map(({ version, weight }) => ({
      stateMachineVersionArn: numbers.get(version) ?? "",
      weight,
    }));
    const { description } = alias;
    await (isThere
      ? target.call("UpdateStateMachineAlias", {
          stateMachineAliasArn: `${stateMachineArn}:${alias.name}`,
          description,
          routingConfiguration,
        })
      : target.call("CreateStateMachineAlias", {
          name: alias.name,
          description,
          routingConfiguration,
        }));
  }
  return notes;
}

/** What a service adds by itself to the rest of the settings is no difference. */
function isSame(one: JsonObject, other: JsonObject): boolean {
  const definition = ({ definition: text }: JsonObject) => JSON.parse(textOf(text)) as JsonValue;
  return one["roleArn"] === other["roleArn"] && jsonEquals(definition(one), definition(other));
}

async function create(found: FoundMachine, target: Account): Promise<string> {
  const first = found.versions[0]?.settings ?? found.latest;
  const { stateMachineArn } = await target.call("CreateStateMachine", {
    name: found.name,
    type: found.type,
    ...first,
    tags: tagsFor(found),
  });
  return textOf(stateMachineArn);
}

async function publish(
  stateMachineArn: string,
  { settings, description }: FoundMachine["versions"][number],
  target: Account,
): Promise<string> {
  const { revisionId } = await target.call("UpdateStateMachine", { stateMachineArn, ...settings });
  const { stateMachineVersionArn } = await target.call("PublishStateMachineVersion", {
    stateMachineArn,
    description,
    ...(revisionId !== undefined && { revisionId }),
  });
  return textOf(stateMachineVersionArn);
}

function checkOrigin({ arn, name, type }: FoundMachine, present: FoundMachine): void {
  const origin = present.tags.find(({ key }) => key === originTag)?.["value"];
  if (origin !== arn) {
    throw new CommandFailure(
      `there is another state machine ${name} here already: it stays as it is`,
    );
  }
  if (present.type !== type) throw new CommandFailure(`it is ${present.type} here`);
}

function tagsFor({ arn, tags }: Pick<FoundMachine, "arn" | "tags">): readonly JsonObject[] {
  return [...tags.filter(({ key }) => key !== originTag), { key: originTag, value: arn }];
}
