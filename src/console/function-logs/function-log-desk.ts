import type { JsonObject } from "../../expression/json.ts";
import type { FunctionLogReader, PrintedText } from "../../ports/function-logs.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ExecutionDesk } from "../execution/execution-desk.ts";
import type { FunctionLogView, LogLineView } from "../view-types.ts";

/**
 * What an attempt printed: the function that it called, or the command or container that stood in for a service; or that it
 * is printed elsewhere.
 */
export class FunctionLogDesk {
  readonly #logs: FunctionLogReader;
  readonly #executions: Pick<ExecutionDesk, "events">;

  /** `executions` asks whether the caller may read the history that names the function. */
  constructor(logs: FunctionLogReader, executions: Pick<ExecutionDesk, "events">) {
    this.#logs = logs;
    this.#executions = executions;
  }

  /** `taskId` is the event that scheduled the attempt; lines come from the one after `after` on. */
  async view(
    executionArn: string,
    { taskId, after }: { readonly taskId: number; readonly after: number },
    request: RequestContext,
  ): Promise<FunctionLogView> {
    const range = { from: taskId, limit: 1, reverse: false };
    const { events } = await this.#executions.events(executionArn, range, true, request);
    const event = (events as readonly JsonObject[]).find(({ id }) => id === taskId);
    const { printed, isCut } = this.#logs.printedBy({ executionArn, taskId }, after);
    const functionName = calledFunction(event);
    const service = functionName === undefined ? calledService(event) : undefined;
    if (functionName === undefined && service === undefined) {
      throw errors.validation(`Event ${taskId} calls nothing that could print.`);
    }
    // A service prints here if something of this machine stands in for it.
    const { name, place } =
      functionName === undefined
        ? ({ name: service ?? "", place: printed.length > 0 ? "local" : "elsewhere" } as const)
        : this.#logs.placeOf(functionName, executionArn);
    return {
      functionName: name,
      place,
      lines: printed.flatMap(linesOf),
      last: printed.at(-1)?.id ?? after,
      isCut,
      keptSince: this.#logs.keptSince,
    };
  }
}

/** Of a server that has no functions of its own. */
export const nothingPrinted: FunctionLogReader = {
  keptSince: 0,
  placeOf: (name) => ({ name, place: "elsewhere" }),
  printedLast: () => "",
  printedBy: () => ({ printed: [], isCut: false }),
};

/** The function as the event names it: an ARN, or a parameter of Lambda's Invoke. */
function calledFunction(event: JsonObject | undefined): string | undefined {
  const direct = (event?.["lambdaFunctionScheduledEventDetails"] as JsonObject | undefined)?.[
    "resource"
  ];
  if (typeof direct === "string") return direct;
  const scheduled = event?.["taskScheduledEventDetails"] as JsonObject | undefined;
  if (scheduled?.["resourceType"] !== "lambda") return undefined;
  const { parameters } = scheduled;
  if (typeof parameters !== "string") return undefined;
  const name = (JSON.parse(parameters) as JsonObject)["FunctionName"];
  return typeof name === "string" ? name : undefined;
}

/** The service and its action: `ecs:runTask.sync`. */
function calledService(event: JsonObject | undefined): string | undefined {
  const scheduled = event?.["taskScheduledEventDetails"] as JsonObject | undefined;
  const { resourceType, resource } = scheduled ?? {};
  return typeof resourceType === "string" && typeof resource === "string"
    ? `${resourceType}:${resource}`
    : undefined;
}

function linesOf({ at, stream, text }: PrintedText): readonly LogLineView[] {
  const isError = stream === "stderr";
  return text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => ({ at, text: line, ...(isError && { isError }) }));
}
