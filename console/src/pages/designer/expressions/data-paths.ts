import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import { asJsonata, asJsonPath, type ValuePath } from "../../../parts/json/value-path.ts";

export type DataRoot = "input" | "variables" | "context" | "result" | "errorOutput";

/** A value of the data, with what names it. */
export interface DataNode {
  readonly id: string;
  readonly root: DataRoot;
  readonly path: ValuePath;
  readonly name: string;
  readonly value: unknown;
}

/** Our choice: members of one value that are listed. */
export const mostMembers = 100;

/** The documents of the data that are there. */
export function dataRoots(data: SampleData): readonly DataNode[] {
  const order: readonly DataRoot[] = ["input", "variables", "result", "errorOutput", "context"];
  return order
    .filter((root) => data[root] !== undefined)
    .map((root) => ({ id: root, root, path: [], name: root, value: data[root] }));
}

/** The members of a value, the first of very many; empty for one without parts. */
export function membersOf({ root, path, value }: DataNode): readonly DataNode[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.slice(0, mostMembers).map((item, index) => [index, item])
    : Object.entries(value).slice(0, mostMembers);
  return entries.map(([step, member]) => ({
    id: `${root}/${JSON.stringify([...path, step])}`,
    root,
    path: [...path, step],
    name: String(step),
    value: member,
  }));
}

/** How an expression reads it; `undefined`: it cannot (all variables at once). */
export function pathTo(
  { root, path }: Pick<DataNode, "root" | "path">,
  language: QueryLanguage,
): string | undefined {
  if (root === "variables") {
    const [name, ...rest] = path;
    if (name === undefined) return undefined;
    return language === "JSONata"
      ? asJsonata(rest, `$${name}`)
      : `$${name}${asJsonPath(rest).slice(1)}`;
  }
  if (language === "JSONata") return asJsonata(path, `$states.${root}`);
  return root === "context" ? `$${asJsonPath(path)}` : asJsonPath(path);
}
