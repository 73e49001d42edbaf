import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Clock } from "../../ports/clock.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { StateMachineDirectory } from "../../runtime/engine.ts";
import { isMemberField, longestMember, type MemberField } from "../filter.ts";

/**
 * The tag of a workflow that names the members of its inputs and outputs by which its executions are found:
 * `input.orderId output.status`. Blanks part them, as AWS allows no comma in a tag; a comma does, too.
 */
export const memberTag = "stepwell:index";

/** Our choice: members of one workflow. */
const mostMembers = 20;
const none: readonly MemberField[] = [];

/** What an execution has of them, as texts; and by which paths they were looked for. */
export interface MemberValues {
  members?: Map<string, string>;
  indexedBy?: string;
}

export function indexedPaths(tags: { readonly [key: string]: string }): readonly MemberField[] {
  const tag = tags[memberTag];
  if (tag === undefined) return none;
  const paths = tag.split(/[\s,]+/).filter(isMemberField);
  return [...new Set(paths)].slice(0, mostMembers);
}

/** Our choice: for so long it is believed what the tags of a workflow said. What a search asks for, it reads itself. */
const believedMs = 1_000;

/** What the tags of workflows say. */
export class MemberPaths {
  readonly #directory: Pick<StateMachineDirectory, "get">;
  readonly #clock: Pick<Clock, "now">;
  readonly #known = new Map<
    string,
    { readonly paths: readonly MemberField[]; readonly at: number }
  >();

  constructor(directory: Pick<StateMachineDirectory, "get">, clock: Pick<Clock, "now">) {
    this.#directory = directory;
    this.#clock = clock;
  }

  /** What they said a moment ago; `undefined`: that is not known. */
  lately(stateMachineArn: string): readonly MemberField[] | undefined {
    const known = this.#known.get(stateMachineArn);
    return known !== undefined && this.#clock.now() - known.at < believedMs
      ? known.paths
      : undefined;
  }

  /** What they say now. Our choice: what a customer's key seals is not searched, as who searches is asked about all workflows at once. */
  async of(stateMachineArn: string): Promise<readonly MemberField[]> {
    // One that cannot be read, or is gone, has no index; its executions are listed all the same.
    const machine = await this.#directory.get(stateMachineArn).catch(() => undefined);
    if (machine === undefined) {
      this.#known.delete(stateMachineArn);
      return none;
    }
    const isSealed = customerKeyOf(stateMachineArn, machine.revision) !== undefined;
    const paths = isSealed ? none : indexedPaths(machine.record.tags);
    this.#known.set(stateMachineArn, { paths, at: this.#clock.now() });
    return paths;
  }
}

/** Takes what the first and the last event of an execution have of these members. */
export function noteMembers(
  execution: MemberValues,
  event: JournalEvent,
  paths: readonly MemberField[],
): void {
  if (paths.length === 0) return;
  if (event.type === "ExecutionStarted") {
    execution.indexedBy = indexKey(paths);
    delete execution.members;
  } else if (event.type !== "ExecutionSucceeded" || execution.indexedBy !== indexKey(paths)) return;
  const side = event.type === "ExecutionStarted" ? "input" : "output";
  for (const path of paths) {
    const [of = "", ...names] = path.split(".");
    if (of !== side) continue;
    const value = textOf(memberAt(event.payload?.value, names));
    if (value !== undefined) (execution.members ??= new Map()).set(path, value);
  }
}

export function indexKey(paths: readonly MemberField[]): string {
  return paths.join(" ");
}

function memberAt(value: JsonValue | undefined, names: readonly string[]): JsonValue | undefined {
  let found = value;
  for (const name of names) {
    if (isJsonArray(found)) found = /^\d+$/.test(name) ? found[Number(name)] : undefined;
    else if (isJsonObject(found)) found = ownMember(found, name);
    else return undefined;
  }
  return found;
}

/** What has members of its own is found by those. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || isJsonObject(value) || isJsonArray(value)) return undefined;
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, longestMember);
}
