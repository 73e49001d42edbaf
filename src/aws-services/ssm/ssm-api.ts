import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import { Parameters } from "./parameters.ts";
import { readOperations } from "./read-parameters.ts";
import { writeOperations } from "./write-parameters.ts";

/** Parameter Store of Systems Manager. */
export function ssmApi({
  store,
  clock,
}: {
  readonly store: DocumentStore;
  readonly clock: Pick<Clock, "now">;
}): ServiceApi {
  const parameters = new Parameters(store);
  return {
    signingName: "ssm",
    protocol: { type: "json", version: "1.1", targetPrefix: "AmazonSSM" },
    operations: { ...readOperations(parameters), ...writeOperations(parameters, clock) },
  };
}
