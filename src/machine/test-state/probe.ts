import type { State } from "../../asl/definition.ts";
import type { JsonArray, JsonObject } from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";
import type { Failure } from "../failure/failure.ts";
import type { Branch } from "../snapshot.ts";

/** A document on its way through a state, named as TestState's `inspectionData` names it. */
export type InspectedDocument =
  | "afterInputPath"
  | "afterParameters"
  | "afterArguments"
  | "result"
  | "afterResultSelector"
  | "afterResultPath"
  | "afterItemsPath"
  | "afterItemsPointer"
  | "afterItemSelector"
  | "afterItemBatcher";

/** A number of a Map state that TestState shows. */
export type InspectedNumber =
  "maxConcurrency" | "toleratedFailureCount" | "toleratedFailurePercentage";

/** What a state comes to without being run. */
export type MockedOutcome =
  | { readonly type: "result"; readonly result: Payload }
  | { readonly type: "error"; readonly error?: string; readonly cause?: string };

/** The part of the mock and of the configuration that a Map or Parallel state needs, whose branches are not run. */
export interface MockedBranches {
  readonly outcome: MockedOutcome;
  /** What the state's `ItemReader` would have read. */
  readonly readItems: JsonArray | undefined;
  /** Iterations of the Map that are said to have failed. */
  readonly failedIterations: number;
}

/**
 * Looks at the one state that TestState runs, and stands in for its surroundings.
 *
 * The machine of any other execution has none, and pays nothing for it.
 */
export interface TestStateProbe {
  document(name: InspectedDocument, payload: Payload): void;
  number(name: InspectedNumber, value: number): void;
  /** The state has failed; answers the failure as its Retriers and Catchers see it. */
  failed(branch: Branch, state: State, failure: Failure): Failure;
  /** What expressions see as the context object. */
  context(own: () => JsonObject): JsonObject;
  readonly branches: MockedBranches | undefined;
}
