import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import { CommandFailure } from "../errors.ts";
import { jsonProblem } from "../json-problem.ts";
import { readProblem, textOf } from "../text-file.ts";

/** The text of a file that has to be JSON. */
export function jsonFile(path: string): string {
  let text: string;
  try {
    text = textOf(path);
  } catch (error) {
    throw new CommandFailure(`${path} cannot be read: ${readProblem(error)}`);
  }
  const { error } = parseJsonText(text);
  if (error === undefined) return text;
  throw new CommandFailure(`${path} is not JSON: ${jsonProblem(text, error)}`);
}
