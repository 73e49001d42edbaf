import type { ArnScope } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import type { FunctionLogReader } from "../../ports/function-logs.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { ServiceCalls } from "../service-calls.ts";
import type { InvokedView, PrintedView } from "../view-types.ts";

export interface FunctionDeskParts {
  readonly access: Pick<ConsoleAccess, "may">;
  readonly calls: ServiceCalls;
  readonly clock: Pick<Clock, "now">;
  readonly logs: FunctionLogReader;
}

/** Functions that run here, to be called and read. What they are is asked of Lambda's own operations. */
export class FunctionDesk {
  readonly #parts: FunctionDeskParts;

  constructor(parts: FunctionDeskParts) {
    this.#parts = parts;
  }

  /** Calls a function, a version or an alias of it, with an event. `Invoke` asks whether the caller may. */
  async invoke(functionArn: string, body: unknown, request: RequestContext): Promise<InvokedView> {
    const { calls, clock } = this.#parts;
    const { payload } = (body ?? {}) as { readonly payload?: unknown };
    if (typeof payload !== "string") throw errors.validation("'payload' is a JSON text.");
    const begunAt = clock.now();
    const answer = await calls.call(
      "lambda",
      "Invoke",
      {
        members: { FunctionName: functionArn, LogType: "Tail" },
        payload: Buffer.from(payload),
      },
      request,
    );
    const { headers = {} } = answer;
    const functionError = headers["X-Amz-Function-Error"];
    const version = headers["X-Amz-Executed-Version"];
    const log = headers["X-Amz-Log-Result"];
    return {
      statusCode: answer.status ?? 200,
      payload: Buffer.from(answer.payload ?? []).toString(),
      ...(functionError !== undefined && { functionError }),
      ...(version !== undefined && { version }),
      ...(log !== undefined && { log: Buffer.from(log, "base64").toString() }),
      durationMs: clock.now() - begunAt,
    };
  }

  /** What it has printed lately, whoever called it: asked for as its log group would be. */
  async printed(functionArn: string, request: RequestContext): Promise<PrintedView> {
    const { access, logs } = this.#parts;
    const { partition, region, accountId, name } = functionOf(functionArn);
    const group = `arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/${name}`;
    await access.may("logs:FilterLogEvents", group, request);
    return { text: logs.printedLast(name) };
  }
}

function functionOf(arn: string): ArnScope & { readonly name: string } {
  const [, partition, , region, accountId, kind, name] = arn.split(":");
  return {
    partition: partition ?? "",
    region: region ?? "",
    accountId: accountId ?? "",
    name: kind === "function" ? (name ?? "") : arn,
  };
}
