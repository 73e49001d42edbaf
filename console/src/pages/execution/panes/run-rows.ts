import type { VisitStatus, VisitView } from "../../../../../src/console/view-types.ts";

/** A state that was entered, or the branch or item that holds some: a line of the tree and of the timeline. */
export interface RunRow {
  /** `v17` for a visit, `l17:3` for the fourth lane of visit 17. */
  readonly id: string;
  readonly visit?: VisitView;
  /** Which branch or item of its parent, where it is one. */
  readonly lane?: Lane;
  readonly parent?: RunRow;
  readonly children: readonly RunRow[];
  /** 1 for those that nothing holds. */
  readonly level: number;
  /** Its place among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
}

export interface Lane {
  readonly kind: "branch" | "item";
  readonly index: number;
  readonly status: VisitStatus;
  readonly from: number;
  /** Absent: it has not ended. */
  readonly to?: number;
  readonly error?: string;
}

/** Items of a Map that has more of them are closed until they are opened. */
export const mostOpenLanes = 12;

type Growing = { -readonly [K in keyof RunRow]: RunRow[K] } & { children: Growing[] };

/** The rows as a tree, in the order of entry; the lanes of a Parallel or Map in theirs. */
export function treeOf(visits: readonly VisitView[]): readonly RunRow[] {
  const roots: Growing[] = [];
  const rows = new Map<number, Growing>();
  const lanes = new Map<string, Growing>();
  const row = (id: string): Growing => ({ id, children: [], level: 1, position: 1, siblings: 1 });
  for (const visit of visits) {
    const own: Growing = { ...row(`v${visit.id}`), visit };
    rows.set(visit.id, own);
    const holder = rows.get(visit.parent);
    if (holder === undefined) {
      roots.push(own);
      continue;
    }
    // What a task holds is another execution, which has no lanes.
    if (holder.visit?.type === "Task") {
      holder.children.push(own);
      continue;
    }
    const laneId = `l${visit.parent}:${visit.lane}`;
    let lane = lanes.get(laneId);
    if (lane === undefined) {
      lane = row(laneId);
      lanes.set(laneId, lane);
      holder.children.push(lane);
    }
    lane.children.push(own);
  }
  for (const lane of lanes.values()) {
    const states = lane.children.flatMap(({ visit }) => visit ?? []);
    const holder = rows.get(states[0]?.parent ?? 0)?.visit;
    const described = laneOf(holder, states);
    if (described !== undefined) lane.lane = described;
  }
  place(roots, undefined);
  return roots;
}

function laneOf(holder: VisitView | undefined, states: readonly VisitView[]): Lane | undefined {
  const [first, last] = [states[0], states.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return {
    kind: holder?.type === "Parallel" ? "branch" : "item",
    index: first.lane,
    // What was caught was overcome when the lane ends well.
    status: last.status === "caught" ? "succeeded" : last.status,
    from: first.enteredAt,
    ...(last.exitedAt !== undefined && { to: last.exitedAt }),
    ...(last.error !== undefined && { error: last.error }),
  };
}

function place(rows: Growing[], parent: Growing | undefined): void {
  if (parent?.visit !== undefined) {
    rows.sort((a, b) => (a.lane?.index ?? 0) - (b.lane?.index ?? 0));
  }
  rows.forEach((row, index) => {
    if (parent !== undefined) row.parent = parent;
    row.level = (parent?.level ?? 0) + 1;
    row.position = index + 1;
    row.siblings = rows.length;
    place(row.children, row);
  });
}

/** A task that started an execution of its own, which is read when it is opened. */
export function isChildHolder({ visit }: RunRow): boolean {
  return visit?.childArn !== undefined && visit.type === "Task";
}

/** Whether what it holds is shown, when nobody has said otherwise. */
export function isOpenAtFirst(row: RunRow): boolean {
  if (isChildHolder(row)) return false;
  return row.lane?.kind !== "item" || row.siblings <= mostOpenLanes;
}

/** The rows that are shown, from top to bottom. `toggled` are those that somebody opened or closed. */
export function shownRows(
  tree: readonly RunRow[],
  toggled: ReadonlySet<string>,
  matches?: (row: RunRow) => boolean,
): readonly RunRow[] {
  const shown: RunRow[] = [];
  const wanted = matches && wantedRows(tree, matches);
  const add = (rows: readonly RunRow[]): void => {
    for (const row of rows) {
      if (wanted !== undefined && !wanted.has(row)) continue;
      shown.push(row);
      // What is looked for is seen, whatever is closed.
      if (wanted !== undefined || isOpenAtFirst(row) !== toggled.has(row.id)) add(row.children);
    }
  };
  add(tree);
  return shown;
}

/** Those that match, and those that hold them. */
function wantedRows(
  tree: readonly RunRow[],
  matches: (row: RunRow) => boolean,
): ReadonlySet<RunRow> {
  const wanted = new Set<RunRow>();
  const look = (row: RunRow): boolean => {
    const isWithin = row.children.map(look).includes(true);
    if (!isWithin && !matches(row)) return false;
    wanted.add(row);
    return true;
  };
  for (const row of tree) look(row);
  return wanted;
}

/** Looks for a text in what a visit is called, what it calls and how it failed. */
export function visitMatches(text: string): (row: RunRow) => boolean {
  const words = text.trim().toLowerCase().split(/\s+/);
  return ({ visit }) => {
    if (visit === undefined) return false;
    const { name, type, resource = "", error = "", status } = visit;
    const all = `${name}\n${type}\n${resource}\n${error}\n${status}`.toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

/** The rows that have to be open for this one to be seen. */
export function holdersOf(tree: readonly RunRow[], visitId: number): readonly RunRow[] {
  const find = (rows: readonly RunRow[]): RunRow | undefined => {
    for (const row of rows) {
      if (row.visit?.id === visitId) return row;
      const found = find(row.children);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const holders: RunRow[] = [];
  for (let row = find(tree)?.parent; row !== undefined; row = row.parent) holders.push(row);
  return holders;
}

/** All rows that hold others. */
export function holdersIn(rows: readonly RunRow[], found: RunRow[] = []): readonly RunRow[] {
  for (const row of rows) {
    if (row.children.length === 0) continue;
    found.push(row);
    holdersIn(row.children, found);
  }
  return found;
}

export function hasEnded({ visit, lane }: RunRow): boolean {
  return (visit === undefined ? lane?.to : visit.exitedAt) !== undefined;
}
