import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { setMember } from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";
import { executionCause, type Failure, isTerminal, matchesError } from "../failure/failure.ts";
import type { EventId } from "../ids.ts";
import { retryDelayMs } from "../failure/retry.ts";
import type { StateTestRequest } from "./request.ts";
import type { InspectedDocument, InspectedNumber, TestStateProbe } from "./probe.ts";

/** What a probe has seen, for TestState's `inspectionData`. */
export interface ProbeNotes {
  readonly documents: Map<InspectedDocument, Payload>;
  readonly numbers: Map<InspectedNumber, number>;
  /** What the state failed with, as its Retriers and Catchers saw it. */
  failure: Failure | undefined;
  readonly errorDetails: {
    retryIndex?: number;
    retryBackoffIntervalSeconds?: number;
    catchIndex?: number;
  };
}

/** Observed: documents that are not shown, though the state has them. */
const hidden: { readonly [type: string]: readonly InspectedDocument[] } = {
  Parallel: ["afterInputPath", "afterParameters", "afterArguments"],
};

/** A probe for the state of the request, and where it writes what it sees. */
export function createProbe(request: StateTestRequest): {
  readonly probe: TestStateProbe;
  readonly notes: ProbeNotes;
} {
  const { state, mock, retries, readItems, failedIterations } = request;
  const notes: ProbeNotes = {
    documents: new Map(),
    numbers: new Map(),
    failure: undefined,
    errorDetails: {},
  };
  const probe: TestStateProbe = {
    branches: mock && { outcome: mock, readItems, failedIterations },
    document(name, payload) {
      if (!(hidden[state.Type] ?? []).includes(name)) notes.documents.set(name, payload);
    },
    number: (name, value) => notes.numbers.set(name, value),
    context: (own) => contextOf(request.context, own),
    failed(branch, _state, given) {
      const failure = withoutPrefix(given, state.Name, branch.enteredEventId);
      notes.failure = failure;
      if (!("Retry" in state) || isTerminal(failure)) return failure;
      const index = state.Retry.findIndex(({ ErrorEquals }) => matchesError(ErrorEquals, failure));
      const retrier = state.Retry[index];
      if (retrier === undefined) return failure;
      notes.errorDetails.retryIndex = index;
      branch.retries = state.Retry.map((_, other) => (other === index ? retries : 0));
      if (retries < retrier.MaxAttempts) {
        // Our choice: what jitter would make of it is not foretold.
        const delay = retryDelayMs(retrier, retries + 1, () => 1);
        notes.errorDetails.retryBackoffIntervalSeconds = Math.floor(delay / 1000);
      }
      return failure;
    },
  };
  return { probe, notes };
}

/** The failure without "An error occurred while executing the state …": there is no execution. Observed. */
export function withoutPrefix<
  F extends { readonly error: string | undefined; readonly cause: string | undefined },
>(failure: F, stateName: string, enteredEventId: EventId): F {
  const prefix = executionCause({ name: stateName, enteredEventId }, "");
  const { cause } = failure;
  return cause?.startsWith(prefix) === true
    ? { ...failure, cause: cause.slice(prefix.length) }
    : failure;
}

/**
 * The context object: the given one as it is, with the item of an iteration, which cannot be given; else the state's
 * own. Observed: that one has no `RedriveCount`. Our choice: without a role there is no `RoleArn`.
 */
function contextOf(given: JsonObject | undefined, own: () => JsonObject): JsonObject {
  const made = own();
  if (given !== undefined)
    return "Map" in made ? { ...given, Map: made["Map"] as JsonValue } : given;
  const execution: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(made["Execution"] as JsonObject)) {
    if (name !== "RedriveCount" && value !== "") setMember(execution, name, value);
  }
  return { ...made, Execution: execution };
}
