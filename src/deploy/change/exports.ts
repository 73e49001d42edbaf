import type { ResolvedOutput } from "../../template/template.ts";
import type { StackOutput, StackRecord } from "../stacks/stack-record.ts";
import type { StackStore } from "../stacks/stack-store.ts";

/** Lets other stacks know what this one exports, and no longer what it exported before. */
export async function putExports(
  stack: StackRecord,
  outputs: readonly StackOutput[],
  store: StackStore,
): Promise<void> {
  const { region, stackId } = stack;
  const exported = exportsOf(outputs);
  const users = await importsElsewhere(stack, store);
  for (const [name, before] of exportsOf(stack.outputs)) {
    if (exported.get(name) === before) continue;
    const [user] = users.get(name) ?? [];
    if (user === undefined) continue;
    const verb = exported.has(name) ? "update" : "delete";
    throw new Error(`Cannot ${verb} export ${name} as it is in use by ${user}`);
  }
  for (const [name, value] of exported) {
    const isNoEcho = outputs.some((output) => output.exportName === name && output.isNoEcho);
    const record = { name, value, stackId, ...(isNoEcho && { isNoEcho: true as const }) };
    if (await store.putExport(region, record)) continue;
    const other = (await store.exported(region, name))?.stackId ?? "";
    throw new Error(
      `Export with name ${name} is already exported by stack ${other.split("/")[1] ?? other}. Rule is that export names must be unique within a Region.`,
    );
  }
  for (const [name] of exportsOf(stack.outputs)) {
    if (!exported.has(name)) await store.deleteExport(region, name);
  }
}

/** The stacks that import what this one exports, by the names of the exports. */
export async function importsElsewhere(
  stack: Pick<StackRecord, "region" | "stackId" | "outputs">,
  store: StackStore,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const own = exportsOf(stack.outputs);
  const users = new Map<string, string[]>();
  if (own.size === 0) return users;
  for await (const other of store.stacks(stack.region)) {
    if (other.stackId === stack.stackId) continue;
    for (const name of Object.keys(other.content.imports)) {
      if (own.has(name)) users.set(name, [...(users.get(name) ?? []), other.name]);
    }
  }
  return users;
}

function exportsOf(outputs: readonly ResolvedOutput[]): ReadonlyMap<string, string> {
  return new Map(
    outputs.flatMap(({ exportName, value }) =>
      exportName === undefined ? [] : [[exportName, value]],
    ),
  );
}
