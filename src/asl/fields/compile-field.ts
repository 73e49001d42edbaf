import { ExpressionSyntaxError } from "../../expression/evaluation.ts";
import { failType, type Fields } from "./fields.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { wording } from "../diagnostics/wording.ts";

/** A field whose text is compiled; `message` words the diagnostic if it cannot be. */
export function compileField<Value>(
  fields: Fields,
  name: string,
  compile: (text: string) => Value,
  message: (reason: string) => string,
): Value | undefined {
  const text = fields.value(name);
  if (text === undefined) return undefined;
  if (typeof text !== "string") {
    failType(fields, name, "String");
    return undefined;
  }
  if (hasPlaceholder(fields.context, text)) {
    fields.context.assume();
    return undefined;
  }
  const compiled = attempt(() => compile(text));
  if (!(compiled instanceof ExpressionSyntaxError)) return compiled;
  const reason = text.startsWith("$") ? compiled.message : wording.pathStart;
  fields.fail(name, message(reason));
  return undefined;
}

/** The value that `compile` gives, or the reason why the text is not of the language. */
export function attempt<Value>(compile: () => Value): Value | ExpressionSyntaxError {
  try {
    return compile();
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
}
