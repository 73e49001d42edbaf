import type { FuzzTarget } from "./fuzz-target.ts";
import { pureTargets } from "./pure-targets.ts";
import { serverTargets } from "./server-targets.ts";
import { tokensTarget } from "./tokens-target.ts";

/** All that takes in what others write. */
export const fuzzTargets: readonly FuzzTarget[] = [...pureTargets, tokensTarget, ...serverTargets];
