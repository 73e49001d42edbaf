import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import { CommandFailure } from "../errors.ts";
import type { Account } from "./account.ts";
import { exportHistories, runningExecutions } from "./export-histories.ts";
import { originTag, putMachine } from "./put-machine.ts";
import { type FoundMachine, readMachine, tagsOf } from "./read-machine.ts";

export interface ImportOptions {
  readonly source: Account;
  readonly target: Account;
  /** Names of state machines and activities; absent: all. */
  readonly only?: readonly string[] | undefined;
  /** Where histories of running executions are written; absent: nowhere. */
  readonly histories?: string | undefined;
  readonly isDryRun: boolean;
  readonly tell: (line: string) => void;
}

/** Imports what an account has, one after the other. What fails is told, and the rest goes on; answers how much failed. */
export async function importAccount(options: ImportOptions): Promise<number> {
  const { source, target, only, tell } = options;
  const isWanted = (name: string) => only === undefined || only.includes(name);
  const seen = new Set<string>();
  let failures = 0;
  const each = async (name: string, work: () => Promise<string>): Promise<void> => {
    seen.add(name);
    try {
      tell(await work());
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failures++;
      tell(`! ${name}: ${error.message}`);
    }
  };
  const activitiesHere = await named(target, "ListActivities", "activities", "activityArn");
  for await (const listed of source.list("ListActivities", {}, "activities")) {
    const name = textOf(listed["name"]);
    if (!isWanted(name)) continue;
    await each(name, () => importActivity(listed, activitiesHere, options));
  }
  const machinesHere = await named(target, "ListStateMachines", "stateMachines", "stateMachineArn");
  for await (const listed of source.list("ListStateMachines", {}, "stateMachines")) {
    const name = textOf(listed["name"]);
    if (!isWanted(name)) continue;
    await each(name, () =>
      importMachine(textOf(listed["stateMachineArn"]), machinesHere.get(name), options),
    );
  }
  for (const name of only ?? []) {
    if (seen.has(name)) continue;
    failures++;
    tell(`! ${name}: there is no state machine and no activity of this name`);
  }
  return failures;
}

async function importActivity(
  listed: JsonObject,
  here: ReadonlyMap<string, string>,
  { source, target, isDryRun }: ImportOptions,
): Promise<string> {
  const name = textOf(listed["name"]);
  if (here.has(name)) return `  ${name}: activity, is here`;
  const activityArn = textOf(listed["activityArn"]);
  const { encryptionConfiguration } = await source.call("DescribeActivity", { activityArn });
  const tags = [...(await tagsOf(source, activityArn)), { key: originTag, value: activityArn }];
  if (!isDryRun) {
    await target.call("CreateActivity", {
      name,
      tags,
      ...(encryptionConfiguration !== undefined && { encryptionConfiguration }),
    });
  }
  return `+ ${name}: activity`;
}

async function importMachine(
  arn: string,
  presentArn: string | undefined,
  options: ImportOptions,
): Promise<string> {
  const { source, target, histories, isDryRun } = options;
  const found = await readMachine(source, arn);
  const notes = isDryRun ? [] : await putMachine(found, target, presentArn);
  const running = await runningOf(found, source, isDryRun ? undefined : histories);
  const what = [
    found.type,
    counted(found.versions.length, "version"),
    counted(found.aliases.length, "alias", "aliases"),
    ...(histories === undefined
      ? []
      : [`${counted(running, "history", "histories")} of running executions`]),
    ...notes,
  ];
  return `${presentArn === undefined ? "+" : "~"} ${found.name}: ${what.join(", ")}`;
}

/** Express workflows keep no list of executions. */
async function runningOf(
  found: FoundMachine,
  source: Account,
  folder: string | undefined,
): Promise<number> {
  if (found.type === "EXPRESS") return 0;
  if (folder !== undefined) return exportHistories(source, found, folder);
  let count = 0;
  for await (const _ of runningExecutions(source, found.arn)) count++;
  return count;
}

async function named(
  account: Account,
  operation: string,
  member: string,
  arn: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const each of account.list(operation, {}, member)) {
    found.set(textOf(each["name"]), textOf(each[arn]));
  }
  return found;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
