import { parseJsonText } from "../asl/diagnostics/json-text.ts";
import { emptyObject, Payload } from "../expression/payload.ts";
import type { ApiError } from "./errors/api-error.ts";
import { errors } from "./errors/errors.ts";

/** The input of an execution. Documented: `{}` where none is given. Observed: the error, with the parser's message. */
export function executionInput(text: string | undefined): Payload {
  if (text === undefined || text === "{}") return emptyObject;
  return document(text, errors.invalidExecutionInput);
}

/** The output that a worker reports. */
export function taskOutput(text: string): Payload {
  return document(text, errors.invalidOutput);
}

/** A document as a caller gave it; what is wrong with one that is no JSON is said in the words that definitions get. */
function document(text: string, refused: (detail: string) => ApiError): Payload {
  try {
    return Payload.parse(text);
  } catch {
    throw refused(parseJsonText(text).error?.message ?? "");
  }
}
