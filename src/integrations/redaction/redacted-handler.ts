import { jsonEquals } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { Redactor } from "../../ports/redactor.ts";
import type {
  HttpExchange,
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";

/**
 * The handler, whose outcomes have no secret that is known by the time that they become events.
 *
 * *Our choice*: errors of all tasks, and the outputs of those that are called with secrets of this server's configuration. What
 * a function or a service of AWS answers is the author's data, and is handed on as it is.
 */
export function redactedHandler(handler: TaskHandler, redactor: Redactor): TaskHandler {
  const run = async (
    request: TaskRequest,
    control: TaskControl,
    perform: (control: TaskControl) => Promise<TaskOutcome>,
  ): Promise<TaskOutcome> => {
    // TestState shows secrets to whoever asks for that, and may.
    if (control.trace?.revealSecrets === true) return perform(control);
    const isOurs = usesOurSecrets(request.resource);
    const outcome = await perform(isOurs ? redactedControl(control, redactor) : control);
    return redactedOutcome(outcome, isOurs, redactor);
  };
  return {
    handles: (resource) => handler.handles(resource),
    ...(handler.refuseParameters && {
      refuseParameters: (...asked) => handler.refuseParameters?.(...asked),
    }),
    run: (request, control) => run(request, control, (used) => handler.run(request, used)),
    ...(handler.resume && {
      resume: (request, submission, control) =>
        run(
          request,
          control,
          async (used) =>
            (await handler.resume?.(request, submission, used)) ?? { type: "pending" },
        ),
    }),
  };
}

const typesWithOurSecrets: ReadonlySet<string> = new Set(["http", "apigateway", "eks", "stepwell"]);

function usesOurSecrets(resource: TaskRequest["resource"]): boolean {
  return resource.kind === "service" && typesWithOurSecrets.has(resource.resourceType);
}

function redactedControl(control: TaskControl, redactor: Redactor): TaskControl {
  const { signal, trace } = control;
  return {
    signal,
    submitted: (output) => control.submitted(redactedPayload(output, redactor)),
    ...(trace && {
      trace: {
        revealSecrets: trace.revealSecrets,
        exchanged: (exchange) => trace.exchanged(redactedExchange(exchange, redactor)),
      },
    }),
  };
}

function redactedExchange({ request, response }: HttpExchange, redactor: Redactor): HttpExchange {
  const texts = <T extends object>(members: T): T =>
    Object.fromEntries(
      Object.entries(members).map(([name, text]) => [name, redactor.text(text as string)]),
    ) as T;
  return { request: texts(request), ...(response && { response: texts(response) }) };
}

function redactedOutcome(outcome: TaskOutcome, isOurs: boolean, redactor: Redactor): TaskOutcome {
  switch (outcome.type) {
    case "pending":
      return outcome;
    case "rejected":
      return { ...outcome, cause: redactor.text(outcome.cause) };
    case "failed": {
      const { error, cause } = outcome;
      return {
        type: "failed",
        error: redactor.text(error),
        ...(cause !== undefined && { cause: redactor.text(cause) }),
      };
    }
    case "succeeded":
      return isOurs ? { ...outcome, output: redactedPayload(outcome.output, redactor) } : outcome;
  }
}

/** Only a text that has a secret, or may spell one by its characters' numbers, is looked into: others stay as they are written. */
function redactedPayload(payload: Payload, redactor: Redactor): Payload {
  const { text } = payload;
  if (redactor.text(text) === text && !text.includes("\\u")) return payload;
  const value = redactor.value(payload.value);
  return jsonEquals(value, payload.value) ? payload : Payload.ofValue(value);
}
