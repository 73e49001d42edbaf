import { isContainer, membersOf } from "./json-value.ts";
import type { ValuePath } from "./value-path.ts";

/** An array of objects, as the rows of a table. */
export interface JsonTable {
  readonly path: ValuePath;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  /** More columns than are shown. */
  readonly isCut: boolean;
}

/** Our choices: what a page can be read of. */
const mostColumns = 40;
const mostTables = 12;
const deepest = 4;

/** The arrays of a document that are tables, the outermost first; they are looked for in objects, not within each other. */
export function tablesIn(value: unknown): readonly JsonTable[] {
  const found: JsonTable[] = [];
  let level: (readonly [ValuePath, unknown])[] = [[[], value]];
  for (let depth = 0; depth < deepest && found.length < mostTables; depth++) {
    const below: (readonly [ValuePath, unknown])[] = [];
    for (const [path, each] of level) {
      if (!isContainer(each)) continue;
      if (!Array.isArray(each)) {
        for (const [name, member] of membersOf(each)) below.push([[...path, name], member]);
      } else if (isTable(each)) found.push(tableOf(path, each));
    }
    level = below;
  }
  return found.slice(0, mostTables);
}

function isTable(items: readonly unknown[]): boolean {
  return items.length > 0 && items.every((item) => isContainer(item) && !Array.isArray(item));
}

function tableOf(path: ValuePath, items: readonly unknown[]): JsonTable {
  const objects = items as readonly Readonly<Record<string, unknown>>[];
  const names = new Set<string>();
  for (const item of objects) {
    for (const name of Object.keys(item)) names.add(name);
    if (names.size > mostColumns) break;
  }
  const columns = [...names].slice(0, mostColumns);
  return {
    path,
    columns,
    rows: objects.map((item) =>
      columns.map((name) => (Object.hasOwn(item, name) ? item[name] : undefined)),
    ),
    isCut: names.size > mostColumns,
  };
}
