import { prepareExpressions } from "../../asl/prepare-expressions.ts";
import type { PreparedExpressions } from "../../expression/jsonata/prepared-expressions.ts";
import { ThreadTime } from "../thread-time.ts";

/** What may be given to the parser of a definition. */
export interface Prepared {
  readonly expressions?: PreparedExpressions;
}

/** Characters of a definition that is parsed at once. Our choice: it takes ten milliseconds, and nearly all are shorter. */
const shortDefinition = 16_384;

/** Prepares what takes longest in a long definition, and lets others have the thread in between: one of a megabyte takes a second. */
export async function prepareInSlices(text: string): Promise<Prepared> {
  if (text.length <= shortDefinition) return {};
  const time = new ThreadTime();
  const preparing = prepareExpressions(text);
  let next = preparing.next();
  while (next.done !== true) {
    await time.share();
    next = preparing.next();
  }
  return { expressions: next.value };
}
