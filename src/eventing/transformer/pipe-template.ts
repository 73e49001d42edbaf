import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { parseInputPath, valueAt } from "./input-path.ts";
import { type InputTemplate, renderTemplate } from "./input-template.ts";

/** *Documented*: EventBridge Pipes, reserved variables, by their names without `aws.pipes.`: `pipe-arn`, `source-arn`, `event.ingestion-time`. */
export interface PipeVariables {
  readonly [name: string]: string;
}

/**
 * The input that a pipe makes of one of its events by an input template, whose variables are paths: `<$.body.id>`, or `<aws.pipes.pipe-arn>`.
 * *Documented*: EventBridge Pipes, input transformation. `<aws.pipes.event.json>` is the whole event. Throws an `InputTooLong`.
 */
export function pipeInput(
  template: InputTemplate,
  event: JsonObject,
  variables: PipeVariables,
): string {
  return renderTemplate(template, (name): JsonValue | undefined => {
    if (name === "aws.pipes.event.json") return event;
    if (name.startsWith("aws.pipes.")) {
      const own = name.slice("aws.pipes.".length);
      return Object.hasOwn(variables, own) ? variables[own] : undefined;
    }
    const path = parseInputPath(name);
    return path && valueAt(path, event);
  });
}
