import type { EvaluationScope } from "../../../expression/evaluation.ts";
import { ownMember } from "../../../expression/json.ts";
import { createRandomSource } from "../../../expression/random.ts";
import type { FieldResult } from "../../view-types.ts";
import { type ReadData, readEvaluation } from "./asked-fields.ts";
import { evaluateField } from "./evaluate-field.ts";
import { sampleContext } from "./sample-context.ts";

/** Our choice: how long the fields of one request are begun. */
const longestMs = 1_000;

/** Where and when the fields are evaluated; a context object that nobody has given says so. */
export interface EvaluationPlace {
  readonly region: string;
  readonly accountId: string;
  readonly now: number;
}

/** Each field's value or error, in their order. Throws the API's error for what is no request. */
export function* evaluations(
  asked: unknown,
  place: EvaluationPlace,
  clock: () => number = () => performance.now(),
): Generator<FieldResult> {
  const { fields, data } = readEvaluation(asked);
  const until = clock() + longestMs;
  const scope = scopeOf(data, place);
  for (const field of fields) {
    if (clock() > until) yield { id: field.id, isSkipped: true };
    else yield evaluateField(field, data, scope());
  }
}

/** What a field sees. The same seed each time: what is drawn stays the same while somebody types. */
function scopeOf(data: ReadData, place: EvaluationPlace): () => EvaluationScope {
  const given = data.context ?? sampleContext({ ...place, input: data.input });
  const context = data.item === undefined ? given : { ...given, Map: { Item: data.item } };
  return () => ({
    context,
    variables: { lookup: (name) => ownMember(data.variables, name) },
    random: createRandomSource("sample"),
    now: place.now,
  });
}
