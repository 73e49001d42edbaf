import type { JsonValue } from "../../../../../../src/expression/json.ts";
import type { StateMocks } from "../../../../../../src/console/view-types.ts";
import { languageOf } from "../../../../designer/edits/spot.ts";
import type { GraphIndex, StateEntry } from "../../../../designer/edits/graph-index.ts";
import { textOf } from "../../../../graph/json.ts";
import { answerFields, type AnswerField } from "../../../approvals/form/answer-schema.ts";
import {
  isQuestion,
  questionPlace,
  waitsForAnswer,
} from "../../inspector/question/question-place.ts";
import { valueAt } from "../../inspector/inspected.ts";
import { mockableStates } from "./mockable.ts";

/** What the first answer of a state's mock begins with: a yes to a question, and members that answers of the call have. */
export function firstAnswer(state: StateEntry, index: GraphIndex): JsonValue {
  const answer = answerOfQuestion(state, index);
  if (answer !== undefined) return answer;
  const calls = /:lambda:invoke$/.test(textOf(state.fields["Resource"]) ?? "");
  return calls ? { Payload: {}, StatusCode: 200 } : {};
}

/** A yes to each question that the definition asks: without one, whoever is asked has said nothing. */
export function questionMocks(index: GraphIndex): StateMocks {
  const answers = mockableStates(index).flatMap((state) => {
    const answer = answerOfQuestion(state, index);
    return answer === undefined ? [] : [[state.name, { "0": { Return: answer } }] as const];
  });
  return Object.fromEntries(answers);
}

function answerOfQuestion(state: StateEntry, index: GraphIndex): JsonValue | undefined {
  const { fields } = state;
  if (!waitsForAnswer(fields)) return undefined;
  const place = questionPlace(fields, languageOf(index, state));
  const sent = place === undefined ? undefined : valueAt(fields, place);
  if (!isQuestion(sent)) return undefined;
  const asked = answerFields(valueAt(sent, ["schema"]));
  return asked === undefined ? { approved: true } : filledIn(asked);
}

/** What has to be filled in. */
function filledIn(fields: readonly AnswerField[]): JsonValue {
  const needed = fields.filter(({ isRequired }) => isRequired);
  return Object.fromEntries(needed.map((field) => [field.name, valueOf(field)]));
}

function valueOf(field: AnswerField): JsonValue {
  if (field.initial !== undefined) return field.initial as JsonValue;
  switch (field.kind) {
    case "boolean":
      return true;
    case "number":
      return field.minimum ?? 1;
    case "choice":
      return (field.options[0]?.value ?? null) as JsonValue;
    case "text":
      return field.format === "date" ? "2026-01-31" : field.title;
    case "lines":
      return [];
    case "object":
      return filledIn(field.fields);
    case "json":
      return {};
  }
}
