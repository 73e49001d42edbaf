import type { JsonObject } from "../../expression/json.ts";
import type { FunctionLogReader, PrintedText } from "../../ports/function-logs.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { FunctionLogView, LogLineView } from "../view-types.ts";

/** Reads the event that scheduled an attempt; it asks whether the caller may. */
type ReadEvent = (
  executionArn: string,
  id: number,
  request: RequestContext,
) => Promise<JsonObject | undefined>;

/** What the function printed that an attempt called, or that it is printed elsewhere. */
export class FunctionLogDesk {
  readonly #logs: FunctionLogReader;
  readonly #event: ReadEvent;

  constructor(logs: FunctionLogReader, event: ReadEvent) {
    this.#logs = logs;
    this.#event = event;
  }

  /** `taskId` is the event that scheduled the attempt; lines come from the one after `after` on. */
  async view(
    executionArn: string,
    { taskId, after }: { readonly taskId: number; readonly after: number },
    request: RequestContext,
  ): Promise<FunctionLogView> {
    const event = await this.#event(executionArn, taskId, request);
    const functionName = calledFunction(event);
    if (functionName === undefined) {
      throw errors.validation(`Event ${taskId} does not call a function.`);
    }
    const { name, place } = this.#logs.placeOf(functionName, executionArn);
    const { printed, isCut } = this.#logs.printedBy({ executionArn, taskId }, after);
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

function linesOf({ at, stream, text }: PrintedText): readonly LogLineView[] {
  const isError = stream === "stderr";
  return text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => ({ at, text: line, ...(isError && { isError }) }));
}
