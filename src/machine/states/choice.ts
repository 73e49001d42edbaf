import type { ChoiceState } from "../../asl/definition.ts";
import type { ChoiceOutcome, ChoiceRule } from "../../asl/states/choice.ts";
import { expectType } from "../../expression/jsonata/expect-type.ts";
import type { Payload } from "../../expression/payload.ts";
import { assignVariables, effectiveInput, outputPath, stateOutput } from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import { executionCause, StateFailure } from "../failure/failure.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";
import { testChoice } from "./choice-test.ts";

/** Choice: goes where the first rule that holds says, else to `Default`. A rule's own `Assign` and `Output` win. */
export function enterChoice(turn: Turn, branch: Branch, state: ChoiceState): void {
  const scope = new StateScope(turn, branch);
  const effective =
    state.QueryLanguage === "JSONPath" ? effectiveInput(state, branch.input, scope) : branch.input;
  const rule = state.Choices.find((candidate, index) => holds(candidate, index, effective, scope));
  const outcome: ChoiceOutcome | undefined =
    rule ?? (state.Default === undefined ? undefined : defaultOutcome(state, state.Default));
  if (outcome === undefined) {
    throw new StateFailure({
      // Observed by several who run against the service: it is not the `States.NoChoiceMatched` of the guide.
      error: "States.Runtime",
      cause: executionCause(
        { name: state.Name, enteredEventId: branch.enteredEventId },
        "Failed to transition out of the state. The state does not point to a next state.",
      ),
    });
  }
  const states = { input: branch.input.value };
  const assigned = outcome.Assign && assignVariables(outcome.Assign, effective, states, scope);
  exitState(
    turn,
    branch,
    state,
    choiceOutput(state, outcome, effective, branch, scope),
    assigned,
    outcome.Next,
  );
}

function choiceOutput(
  state: ChoiceState,
  outcome: ChoiceOutcome,
  effective: Payload,
  branch: Branch,
  scope: StateScope,
): Payload {
  if (state.QueryLanguage === "JSONPath") return outputPath(state, effective, scope);
  const { Output: _, ...rest } = state;
  const output = outcome.Output ?? state.Output;
  const flow = output === undefined ? rest : { ...rest, Output: output };
  return stateOutput(flow, branch.input, branch.input, scope);
}

function defaultOutcome(state: ChoiceState, next: string): ChoiceOutcome {
  return state.Assign === undefined ? { Next: next } : { Next: next, Assign: state.Assign };
}

function holds(rule: ChoiceRule, index: number, effective: Payload, scope: StateScope): boolean {
  if (rule.kind === "jsonpath") return testChoice(rule.test, effective.value, scope);
  if (typeof rule.Condition === "boolean") return rule.Condition;
  const value = rule.Condition.evaluate({ input: effective.value }, scope);
  return expectType(rule.Condition, `Choices[${index}]/Condition`, "boolean", value) as boolean;
}
