import type { Starter } from "../starter.ts";
import { askPerson } from "./ask-person.ts";
import { fanOut } from "./fan-out.ts";
import { nightlyBatch } from "./nightly-batch.ts";
import { orderExample } from "./order-example.ts";
import { pollJob } from "./poll-job.ts";
import { retryAlert } from "./retry-alert.ts";
import { saga } from "./saga.ts";

/** In the order in which they are shown. */
export const starters = [
  askPerson,
  retryAlert,
  fanOut,
  pollJob,
  saga,
  nightlyBatch,
  orderExample,
] as const satisfies readonly Starter[];

/** A starter that there are texts for. */
export type NamedStarter = (typeof starters)[number];

/** Stands in an address in the place of a starter: nothing to begin with. */
export const blank = "blank";

/** The starter of an address. */
export function starterOf(id: string | undefined): Starter | undefined {
  return starters.find((each) => each.id === id);
}
