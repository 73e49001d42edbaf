import type { ExpressionSyntaxError } from "../../../expression/evaluation.ts";
import type { FieldError } from "../../view-types.ts";

/** A field cannot be evaluated at all: it is not of its language, or the data has not what it looks in. */
export class FieldProblem extends Error {
  override readonly name = "FieldProblem";
  readonly error: FieldError;

  constructor(code: FieldError["code"], message: string, more: Partial<FieldError> = {}) {
    super(message);
    this.error = { code, message, ...more };
  }
}

/** A text that is not of its language: `message` is the service's; the parser's own is told where it says more. */
export function syntaxProblem(
  thrown: ExpressionSyntaxError,
  message: string,
  location?: string,
): FieldProblem {
  return new FieldProblem("syntax", message, {
    ...(message.includes(thrown.message) ? {} : { detail: thrown.message }),
    ...(location !== undefined && { location }),
    ...thrown.place,
  });
}
