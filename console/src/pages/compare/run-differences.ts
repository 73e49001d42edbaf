import type { EventDigests, VisitView } from "../../../../src/console/view-types.ts";
import type { RunPair } from "./align-runs.ts";

/** In what two executions may differ at a state. */
export const differenceKinds = ["path", "input", "output", "error", "duration"] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** Digests of the documents of each execution, by event; absent: the documents are not compared. */
export interface ComparedData {
  readonly a: EventDigests["digests"];
  readonly b: EventDigests["digests"];
}

/** Our choice: what takes half as long again, and a fifth of a second more, took another time; less is chance. */
const notablyLonger = 1.5;
const notableMs = 200;

/** In what the sides of a pair are not the same; nothing, where they are. */
export function differencesOf(
  { a, b }: RunPair,
  data: ComparedData | undefined,
): readonly DifferenceKind[] {
  if (a === undefined || b === undefined) return ["path"];
  const found: DifferenceKind[] = [];
  if (data !== undefined) {
    if (data.a[a.id] !== data.b[b.id]) found.push("input");
    // What has not been left has no output yet: that it is still there is its status.
    const [outA, outB] = [digestOf(data.a, a.exitEventId), digestOf(data.b, b.exitEventId)];
    if (outA !== undefined && outB !== undefined && outA !== outB) found.push("output");
  }
  if (a.status !== b.status || a.error !== b.error || a.attempts.length !== b.attempts.length) {
    found.push("error");
  }
  if (areLengthsApart(a, b)) found.push("duration");
  return found;
}

function digestOf(
  digests: EventDigests["digests"],
  eventId: number | undefined,
): string | undefined {
  return eventId === undefined ? undefined : digests[eventId];
}

function areLengthsApart(a: VisitView, b: VisitView): boolean {
  if (a.exitedAt === undefined || b.exitedAt === undefined) return false;
  const lengths = [a.exitedAt - a.enteredAt, b.exitedAt - b.enteredAt];
  const [shorter, longer] = [Math.min(...lengths), Math.max(...lengths)];
  return longer - shorter >= notableMs && longer >= shorter * notablyLonger;
}

/** Whether a state of the definition was entered by one execution, the other, or both. */
export type Presence = "a" | "b" | "both";

/** What is known of each state of the definition: who entered it, and whether all of that is the same. */
export function statesOf(
  pairs: readonly RunPair[],
  differs: (pair: RunPair) => boolean,
): ReadonlyMap<string, { readonly presence: Presence; readonly differs: boolean }> {
  const states = new Map<string, { presence: Presence; differs: boolean }>();
  for (const pair of pairs) {
    const presence = pair.a === undefined ? "b" : pair.b === undefined ? "a" : "both";
    const known = states.get(pair.key);
    if (known === undefined) states.set(pair.key, { presence, differs: differs(pair) });
    else {
      if (known.presence !== presence) known.presence = "both";
      known.differs ||= differs(pair);
    }
  }
  return states;
}
