import type { Candidate } from "./candidate.ts";

/** Those that go on with what is written, in their order, then those that have it within. */
export function ranked(candidates: readonly Candidate[], written: string): readonly Candidate[] {
  const wanted = written.toLowerCase();
  const placed = candidates.flatMap((candidate) => {
    const place = candidate.label.toLowerCase().indexOf(wanted);
    return place < 0 ? [] : [{ candidate, isFirst: place === 0 }];
  });
  return placed
    .toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst))
    .map(({ candidate }) => candidate);
}
