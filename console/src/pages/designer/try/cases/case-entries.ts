import type { MockedOutcome, MockedResponse } from "../../../../../../src/console/view-types.ts";

/** Attempts one after the other that a mock answers alike. */
export interface MockEntry {
  readonly times: number;
  readonly outcome: MockedOutcome;
}

/** The entries of a mocked response in the order of the attempts. */
export function entriesOf(response: MockedResponse): readonly MockEntry[] {
  return Object.entries(response)
    .map(([range, outcome]) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return { first, times: last - first + 1, outcome };
    })
    .toSorted((a, b) => a.first - b.first)
    .map(({ times, outcome }) => ({ times, outcome }));
}

/** The response that they make: attempts are counted from 0, and none is left out. */
export function responseOf(entries: readonly MockEntry[]): MockedResponse {
  let first = 0;
  const response: Record<string, MockedOutcome> = {};
  for (const { times, outcome } of entries) {
    const last = first + times - 1;
    response[times === 1 ? String(first) : `${first}-${last}`] = outcome;
    first = last + 1;
  }
  return response;
}
