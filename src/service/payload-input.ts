import { emptyObject, Payload } from "../expression/payload.ts";
import { errors } from "./errors/errors.ts";

/** The input of an execution. Documented: `{}` where none is given. Observed: the error, with the parser's message. */
export function executionInput(text: string | undefined): Payload {
  if (text === undefined || text === "{}") return emptyObject;
  try {
    return Payload.parse(text);
  } catch (error) {
    throw errors.invalidExecutionInput((error as SyntaxError).message);
  }
}

/** The output that a worker reports. */
export function taskOutput(text: string): Payload {
  try {
    return Payload.parse(text);
  } catch (error) {
    throw errors.invalidOutput((error as SyntaxError).message);
  }
}
