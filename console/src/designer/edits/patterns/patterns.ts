import { multiStatePatterns } from "./multi-state.ts";
import type { Pattern } from "./pattern.ts";
import { actionPatterns, flowPatterns } from "./states.ts";

/** All templates of states and all patterns, in the order of a palette. `insertFragment` puts what they build into a place. */
export const patterns: readonly Pattern[] = [
  ...flowPatterns,
  ...actionPatterns,
  ...multiStatePatterns,
];
