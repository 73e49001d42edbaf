import { attempt } from "../../../asl/fields/compile-field.ts";
import { wording } from "../../../asl/diagnostics/wording.ts";
import { ExpressionSyntaxError, type TextPlace } from "../../../expression/evaluation.ts";
import { compileIntrinsic } from "../../../expression/intrinsics/compile-intrinsic.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../expression/json.ts";
import { compileJsonata } from "../../../expression/jsonata/compile-jsonata.ts";
import type { StatesMember } from "../../../expression/jsonata/static-checks.ts";
import { compilePath } from "../../../expression/jsonpath/compile-path.ts";
import { type FieldProblem, syntaxProblem } from "./field-problem.ts";

/** The first member of a payload template that cannot be compiled, at its place; `undefined`: each of them can be. */
export function templateProblem(template: JsonValue, field: string): FieldProblem | undefined {
  return firstProblem(template, field, (value, location, name) => {
    if (!name?.endsWith(".$")) return undefined;
    const text = typeof value === "string" ? value : "";
    const thrown = attempt<unknown>(() =>
      text.startsWith("$") ? compilePath(text) : compileIntrinsic(text),
    );
    if (!(thrown instanceof ExpressionSyntaxError)) return undefined;
    return syntaxProblem(thrown, wording.templateValue(name), location);
  });
}

/** The first `{% … %}` of a document that cannot be compiled, at its place. */
export function jsonataProblem(
  document: JsonValue,
  field: string,
  allowed: readonly StatesMember[],
): FieldProblem | undefined {
  return firstProblem(document, field, (value, location) => {
    if (typeof value !== "string" || !value.startsWith("{%") || !value.endsWith("%}")) {
      return undefined;
    }
    const inner = value.slice(2, -2);
    const thrown = attempt(() => compileJsonata(inner.trim(), allowed));
    if (!(thrown instanceof ExpressionSyntaxError)) return undefined;
    const moved = movedBy(value.indexOf(inner) + inner.length - inner.trimStart().length, thrown);
    return syntaxProblem(moved, thrown.message, location === field ? undefined : location);
  });
}

/** The place in the whole text of what was thrown of the part that begins at `offset`. */
function movedBy(offset: number, { message, place }: ExpressionSyntaxError): ExpressionSyntaxError {
  const moved: TextPlace | undefined = place && {
    from: place.from + offset,
    to: place.to + offset,
  };
  return new ExpressionSyntaxError(message, moved);
}

type Check = (
  value: JsonValue,
  location: string,
  name: string | undefined,
) => FieldProblem | undefined;

/** The first of what `check` finds, in the order of the text. Locations are those of error messages: `Output/list[0]/name`. */
function firstProblem(
  value: JsonValue,
  location: string,
  check: Check,
  name?: string,
): FieldProblem | undefined {
  const own = check(value, location, name);
  if (own !== undefined) return own;
  const parts: readonly (readonly [JsonValue, string, string | undefined])[] = isJsonArray(value)
    ? value.map((item, index) => [item, `${location}[${index}]`, undefined] as const)
    : isJsonObject(value)
      ? Object.entries(value).map(
          ([member, inner]) => [inner, `${location}/${member}`, member] as const,
        )
      : [];
  for (const [part, place, member] of parts) {
    const found = firstProblem(part, place, check, member);
    if (found !== undefined) return found;
  }
  return undefined;
}
