import { EvaluationError, type EvaluationScope } from "../../../expression/evaluation.ts";
import { maximumJsonDepth } from "../../../expression/json-depth.ts";
import type { JsonValue } from "../../../expression/json.ts";
import { utf8Length } from "../../../expression/payload.ts";
import type { FieldError, FieldResult } from "../../view-types.ts";
import type { ReadData, ReadField } from "./asked-fields.ts";
import { type CompiledField, compileAsked } from "./compile-asked.ts";
import { FieldProblem } from "./field-problem.ts";
import { isWiderThan } from "./text-width.ts";

/** Our choices: characters of a value that are told, and those beyond which it is not even written out. */
const mostTold = 32_768;
const mostWritten = 4 * 1024 * 1024;

/** A field's value or error for this data: what a state with it would compute. */
export function evaluateField(
  field: ReadField,
  data: ReadData,
  scope: EvaluationScope,
): FieldResult {
  const { id } = field;
  let missing: readonly string[] = [];
  const result = (outcome: FieldOutcome): FieldResult => ({
    id,
    ...outcome,
    ...(missing.length > 0 && { missing }),
  });
  try {
    const compiled = compileAsked(field);
    missing = missingOf(compiled, data);
    return result(written(compiled.evaluate(data, scope)));
  } catch (thrown) {
    const error = errorOf(thrown);
    if (error === undefined) throw thrown;
    return result({ error });
  }
}

type FieldOutcome =
  | { readonly value: string; readonly bytes: number; readonly isCut?: true }
  | { readonly error: FieldError };

function missingOf({ variables }: CompiledField, data: ReadData): readonly string[] {
  return variables.filter((name) => !Object.hasOwn(data.variables, name));
}

function written(value: JsonValue): FieldOutcome {
  // A few parts that are repeated very often make more text than there is memory for.
  if (isWiderThan(value, mostWritten)) {
    const message = `The value has more than ${mostWritten} characters`;
    return { error: { code: "tooLarge", message } };
  }
  const text = JSON.stringify(value);
  const bytes = utf8Length(text);
  return text.length > mostTold
    ? { value: text.slice(0, mostTold), bytes, isCut: true }
    : { value: text, bytes };
}

/** What the service would say; `undefined`: it is no mistake of the field's. */
function errorOf(thrown: unknown): FieldError | undefined {
  if (thrown instanceof FieldProblem) return thrown.error;
  if (thrown instanceof EvaluationError) {
    const { errorName: code, message, location } = thrown;
    return { code, message, ...(location !== undefined && { location }) };
  }
  // As at the boundary of a state: nothing else of the core needs that much stack.
  return thrown instanceof RangeError && /call stack/.test(thrown.message)
    ? { code: "tooLarge", message: `The value is nested in more than ${maximumJsonDepth} levels` }
    : undefined;
}
