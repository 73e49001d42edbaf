import type { CaseOutcome, Difference } from "./expectation.ts";

/** Stands for any states, or none. */
const anyStates = "...";

/**
 * Compares the states that were entered with those that were expected, of which `...` stands for any number. States
 * inside Map and Parallel count only if the expected path names one of them. Our choice: they run beside each other, so
 * that their order says little.
 */
export function matchPath(
  expected: readonly string[],
  entered: CaseOutcome["path"],
): Difference | undefined {
  const namesNested = entered.some(({ name, nested }) => nested && expected.includes(name));
  const actual = entered.filter(({ nested }) => namesNested || !nested).map(({ name }) => name);
  if (matches(expected, actual)) return undefined;
  return { what: "path", expected: pathText(expected), actual: pathText(actual) };
}

/** Each place of the expected path with how far the actual one can be by then. */
function matches(expected: readonly string[], actual: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const name of expected) {
    const next = new Set<number>();
    if (name === anyStates) {
      const first = Math.min(...reached);
      for (let at = first; at <= actual.length; at++) next.add(at);
    } else {
      for (const at of reached) if (actual[at] === name) next.add(at + 1);
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(actual.length);
}

/** States as an arrow from one to the next; what is repeated is counted. */
export function pathText(names: readonly string[]): string {
  const parts: { readonly name: string; count: number }[] = [];
  for (const name of names) {
    const last = parts.at(-1);
    if (last?.name === name) last.count++;
    else parts.push({ name, count: 1 });
  }
  if (parts.length === 0) return "(no state)";
  return parts.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`)).join(" → ");
}
