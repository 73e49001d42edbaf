import { readdir } from "node:fs/promises";
import {
  functionCollections,
  functionId,
  type FunctionRecord,
} from "../../../integrations/functions/deployed/function-record.ts";
import type { MemoryServices } from "../../../integrations/memory/memory-services.ts";
import { type ArnScope, regionPrefix } from "../../../machine/arns.ts";
import type { Store } from "../../../ports/store.ts";
import { allPages } from "../../all-pages.ts";
import type { PickedResource, PickRow } from "../../view-types.ts";
import type { DesignerSettings } from "../designer-settings.ts";

export interface PickParts {
  readonly store: Pick<
    Store,
    "stateMachines" | "aliases" | "versions" | "activities" | "documents"
  >;
  readonly settings: DesignerSettings;
  /** Absent: no service is answered from memory. */
  readonly memory: MemoryServices | undefined;
}

/** Where rows are looked for. */
export interface PickPlace extends ArnScope {
  /** Whether a name is asked for. */
  readonly matches: (name: string) => boolean;
  /** Whether the caller may see aliases and versions. */
  readonly qualifiers: boolean;
}

/** What the caller has to be allowed to do to see the names, and where they come from; the latter stops when nobody reads on. */
export interface PickSource {
  readonly permission: string;
  /** What he has to be allowed besides to see aliases and versions; absent: there are none. */
  readonly qualifierPermissions?: readonly string[];
  readonly rows: (parts: PickParts, place: PickPlace) => AsyncIterable<PickRow> | Iterable<PickRow>;
}

/** Our choice: versions of one state machine that are told, the newest. */
const mostVersions = 10;

export const pickSources: { readonly [K in PickedResource]: PickSource } = {
  stateMachine: {
    permission: "states:ListStateMachines",
    qualifierPermissions: ["states:ListStateMachineAliases", "states:ListStateMachineVersions"],
    rows: stateMachineRows,
  },
  activity: { permission: "states:ListActivities", rows: activityRows },
  function: {
    permission: "lambda:ListFunctions",
    qualifierPermissions: ["lambda:ListAliases"],
    rows: functionRows,
  },
  queue: {
    permission: "sqs:ListQueues",
    rows: ({ memory }, { region }) =>
      inMemory(memory?.queues.all(), region, ({ url, name }) => ({ value: url, name })),
  },
  topic: {
    permission: "sns:ListTopics",
    rows: ({ memory }, { region }) =>
      inMemory(memory?.topics.all(), region, ({ arn, name }) => ({ value: arn, name })),
  },
  eventBus: {
    permission: "events:ListEventBuses",
    rows: ({ memory }, { region }) =>
      inMemory(memory?.buses.all(), region, ({ name }) => ({ value: name, name })),
  },
  table: {
    permission: "dynamodb:ListTables",
    rows: ({ memory }, { region }) =>
      (memory?.tables.get(region)?.all() ?? []).map(({ schema: { name } }) => ({
        value: name,
        name,
        source: "memory",
      })),
  },
  bucket: { permission: "s3:ListAllMyBuckets", rows: bucketRows },
  connection: {
    permission: "events:ListConnections",
    rows: ({ settings }, { partition, region, accountId }) =>
      configured(
        settings.connections,
        (name) => `arn:${partition}:events:${region}:${accountId}:connection/${name}`,
      ),
  },
  command: {
    permission: "states:ListStateMachines",
    rows: ({ settings }) => configured(settings.commands),
  },
  database: {
    permission: "states:ListStateMachines",
    rows: ({ settings }) => configured(settings.databases),
  },
};

async function* stateMachineRows({ store }: PickParts, place: PickPlace): AsyncGenerator<PickRow> {
  const prefix = regionPrefix(place);
  for await (const machine of allPages((page) => store.stateMachines(prefix, page))) {
    const { stateMachineArn: arn, name, status } = machine;
    if (status === "DELETING" || !place.matches(name)) continue;
    yield { value: arn, name, source: "store" };
    if (!place.qualifiers) continue;
    for (const alias of await store.aliases(arn)) {
      const label = `${name}:${alias.name}`;
      yield { value: `${arn}:${alias.name}`, name: label, qualifier: "alias", source: "store" };
    }
    for (const { version } of (await store.versions(arn, { limit: mostVersions })).items) {
      const label = `${name}:${version}`;
      yield { value: `${arn}:${version}`, name: label, qualifier: "version", source: "store" };
    }
  }
}

async function* activityRows({ store }: PickParts, place: PickPlace): AsyncGenerator<PickRow> {
  const prefix = regionPrefix(place);
  for await (const activity of allPages((page) => store.activities(prefix, page))) {
    yield { value: activity.activityArn, name: activity.name, source: "store" };
  }
}

/** Functions that run here: those that were deployed are there in their Region, the others in every one. */
async function* functionRows(parts: PickParts, place: PickPlace): AsyncGenerator<PickRow> {
  const { settings } = parts;
  const { partition, region, accountId } = place;
  const arn = (name: string) => `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  yield* configured(settings.functions, arn);
  const known = new Set(Object.keys(settings.functions ?? {}));
  for await (const row of deployedRows(parts, place, new Set(known))) {
    if (row.qualifier === undefined) known.add(row.name);
    yield row;
  }
  for (const name of await foldersIn(settings.functionsFolder)) {
    // Documented: what a Lambda function's name may be made of.
    if (!/^[A-Za-z0-9_-]{1,140}$/.test(name) || known.has(name)) continue;
    yield { value: arn(name), name, source: "folder" };
  }
}

async function* deployedRows(
  { store }: PickParts,
  { region, qualifiers, matches }: PickPlace,
  /** Of the configuration, which comes before them. */
  besides: ReadonlySet<string>,
): AsyncGenerator<PickRow> {
  const prefix = functionId(region, "");
  for await (const { id, body } of allPages((page) =>
    store.documents(functionCollections.functions, { after: prefix, ...page }),
  )) {
    if (!id.startsWith(prefix)) return;
    const { name, arn, aliases } = JSON.parse(body) as FunctionRecord;
    if (!matches(name) || besides.has(name)) continue;
    yield { value: arn, name, source: "store" };
    if (!qualifiers) continue;
    for (const alias of Object.keys(aliases)) {
      const value = `${arn}:${alias}`;
      yield { value, name: `${name}:${alias}`, qualifier: "alias", source: "store" };
    }
  }
}

async function* bucketRows({ settings }: PickParts): AsyncGenerator<PickRow> {
  yield* configured(settings.buckets);
  for (const name of await foldersIn(settings.objectFolder)) {
    if (Object.hasOwn(settings.buckets ?? {}, name)) continue;
    yield { value: name, name, source: "folder" };
  }
}

/** The names of a configuration's members; nothing of what is in them. */
function configured(
  members: object | undefined,
  valueOf: (name: string) => string = (name) => name,
): readonly PickRow[] {
  return Object.keys(members ?? {})
    .toSorted()
    .map((name) => ({ value: valueOf(name), name, source: "configuration" }));
}

function inMemory<T extends { readonly region: string }>(
  all: readonly T[] | undefined,
  region: string,
  rowOf: (each: T) => Pick<PickRow, "value" | "name">,
): readonly PickRow[] {
  return (all ?? [])
    .filter((each) => each.region === region)
    .map((each) => ({ ...rowOf(each), source: "memory" }));
}

/** Folders that can be listed; none of what cannot be read, which is not there for tasks either. */
async function foldersIn(folder: string | undefined): Promise<readonly string[]> {
  if (folder === undefined) return [];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter(
        (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."),
      )
      .map(({ name }) => name)
      .toSorted();
  } catch {
    return [];
  }
}
