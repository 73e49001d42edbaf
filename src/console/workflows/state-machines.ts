import type { StateMachineRecord, Store } from "../../ports/store.ts";
import { allPages } from "../all-pages.ts";

/** Every state machine of all Regions, by ARN; those that are being deleted are among them. */
export function stateMachines(
  store: Pick<Store, "stateMachines">,
): AsyncGenerator<StateMachineRecord> {
  return allPages((page) => store.stateMachines("arn:", page));
}
