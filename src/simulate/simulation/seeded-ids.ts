import { createRandomSource } from "../../expression/random.ts";
import type { Ids } from "../../ports/ids.ts";

/** Identifiers and seeds that follow from one seed: the same ones in the same order. */
export function seededIds(seed: number): Ids {
  const source = createRandomSource(`simulation ${seed}`);
  return {
    uuid: () => source.uuid(),
    seed: () => Math.floor(source.next() * 2 ** 32),
  };
}
