import type { QueryLanguage, State } from "../../asl/definition.ts";
import type { JsonArray, JsonObject } from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";
import type { Machine } from "../machine.ts";
import type { MockedOutcome } from "./probe.ts";

/** One state, and what is said of its surroundings. */
export interface StateTestRequest {
  readonly state: State;
  readonly QueryLanguage: QueryLanguage;
  readonly input: Payload;
  /** Variables that were assigned before the state. */
  readonly variables: JsonObject;
  /** In place of the context object. */
  readonly context: JsonObject | undefined;
  readonly mock: MockedOutcome | undefined;
  /** How often the Retrier that takes the mocked error has retried already. */
  readonly retries: number;
  readonly failedIterations: number;
  readonly readItems: JsonArray | undefined;
  readonly machine: Pick<Machine, "identity" | "limits" | "environment">;
}
