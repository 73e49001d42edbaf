import { expect, test } from "vitest";
import { fuzzTargets } from "./fuzz-targets.ts";

/** Another one finds other inputs: `npm run fuzz -- --minutes 15` takes one after the other. */
const seed = 20_261_129;

test.each(fuzzTargets.map((target) => [target.name, target] as const))(
  "nothing that is given to %s crashes it, is answered with a mistake of ours, or holds the thread up",
  async (_, target) => {
    const open = await target.open();
    const { finding, cases } = await open.check({ seed, cases: target.usualCases });
    await open.close();
    expect(finding).toBeUndefined();
    expect(cases).toBe(target.usualCases);
  },
  60_000,
);
