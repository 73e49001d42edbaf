import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { Account } from "./account.ts";

/** A state machine as an account has it. */
export interface FoundMachine {
  readonly arn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** `definition`, `roleArn` and what else can be given of a revision. */
  readonly latest: JsonObject;
  /** The oldest first. */
  readonly versions: readonly FoundVersion[];
  readonly aliases: readonly FoundAlias[];
  readonly tags: readonly JsonObject[];
}

export interface FoundVersion {
  /** Its number there. */
  readonly number: number;
  readonly description: string;
  readonly settings: JsonObject;
}

export interface FoundAlias {
  readonly name: string;
  readonly description: string;
  /** Numbers of versions there, and the part that each has in percent. */
  readonly routes: readonly { readonly version: number; readonly weight: number }[];
}

/** Reads one state machine with all that belongs to it. */
export async function readMachine(account: Account, arn: string): Promise<FoundMachine> {
  const described = await account.call("DescribeStateMachine", { stateMachineArn: arn });
  const versions: FoundVersion[] = [];
  const about = { stateMachineArn: arn };
  for await (const listed of account.list(
    "ListStateMachineVersions",
    about,
    "stateMachineVersions",
  )) {
    const versionArn = textOf(listed["stateMachineVersionArn"]);
    const version = await account.call("DescribeStateMachine", { stateMachineArn: versionArn });
    versions.push({
      number: numberOf(versionArn),
      description: textOf(version["description"]),
      settings: settingsOf(version),
    });
  }
  const aliases: FoundAlias[] = [];
  for await (const listed of account.list(
    "ListStateMachineAliases",
    about,
    "stateMachineAliases",
  )) {
    aliases.push(aliasOf(await account.call("DescribeStateMachineAlias", listedAlias(listed))));
  }
  return {
    arn,
    name: textOf(described["name"]),
    type: described["type"] === "EXPRESS" ? "EXPRESS" : "STANDARD",
    latest: settingsOf(described),
    versions: versions.toSorted((one, other) => one.number - other.number),
    aliases,
    tags: await tagsOf(account, arn),
  };
}

/** Tags that can be given: those of AWS itself cannot. */
export async function tagsOf(account: Account, arn: string): Promise<readonly JsonObject[]> {
  const { tags } = await account.call("ListTagsForResource", { resourceArn: arn });
  return ((tags ?? []) as readonly JsonObject[]).filter(
    ({ key }) => !textOf(key).startsWith("aws:"),
  );
}

function listedAlias({ stateMachineAliasArn = null }: JsonObject): JsonObject {
  return { stateMachineAliasArn };
}

function aliasOf({ name, description, routingConfiguration }: JsonObject): FoundAlias {
  return {
    name: textOf(name),
    description: textOf(description),
    routes: (routingConfiguration as readonly JsonObject[]).map((route) => ({
      version: numberOf(textOf(route["stateMachineVersionArn"])),
      weight: Number(route["weight"]),
    })),
  };
}

/** What is given to create or update a state machine. */
export function settingsOf(described: JsonObject): JsonObject {
  const names = [
    "definition",
    "roleArn",
    "loggingConfiguration",
    "tracingConfiguration",
    "encryptionConfiguration",
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = described[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The number of a version's ARN. */
export function numberOf(versionArn: string): number {
  return Number(versionArn.split(":").at(-1));
}
