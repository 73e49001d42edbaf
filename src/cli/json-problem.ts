import { type JsonError, textPosition } from "../asl/diagnostics/json-error.ts";

/** What is wrong with a text that is not JSON, and where: `… (line 1, column 5)`. */
export function jsonProblem(text: string, { message, offset }: JsonError): string {
  const { line, column } = textPosition(text, offset);
  return `${message} (line ${line}, column ${column})`;
}
