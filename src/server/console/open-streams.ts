import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsoleService } from "../../console/console-service.ts";
import { RowLog } from "../../console/index/row-log.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "./console-access.ts";
import { EventStream } from "./event-stream.ts";

export interface OpenStreamsOptions {
  readonly console: ConsoleService;
  readonly access?: ConsoleAccess | undefined;
  /** See `SessionView.build`. */
  readonly build: () => string;
}

/** Our choice: executions that one stream tells of; each is kept folded while it does. */
const mostWatched = 20;

/** The streams that tell pages what changes, as long as they are open. */
export class OpenStreams {
  readonly #options: OpenStreamsOptions;
  readonly #streams = new Set<EventStream>();
  readonly #rows = new RowLog();

  constructor(options: OpenStreamsOptions) {
    this.#options = options;
    // Before any stream, so that it has heard of what they are told.
    options.console.listen(this.#rows);
  }

  /** Opens one for whoever may see what it is to tell of. It ends with the session that it was asked for with. */
  async open(
    request: IncomingMessage,
    response: ServerResponse,
    asked: URLSearchParams,
    context: RequestContext,
  ): Promise<void> {
    const { console: views, access, build } = this.#options;
    const execution = new Map(asked.getAll("execution").map(executionFrom));
    if (execution.size > mostWatched) {
      throw errors.validation(`A stream tells of at most ${mostWatched} executions`);
    }
    const rowsFrom = asked.get("executions");
    const topics = {
      executions: rowsFrom !== null,
      ...(rowsFrom !== null && rowsFrom !== "" && { rowsFrom }),
      execution,
    };
    await views.access.mayWatch({ ...topics, execution: execution.keys() }, context);
    if (response.destroyed) return;
    const stream = new EventStream(views, response, topics, { build: build(), rows: this.#rows });
    this.#streams.add(stream);
    const unwatch = access?.whenChanged(request, () => stream.end());
    response.on("close", () => {
      this.#streams.delete(stream);
      unwatch?.();
    });
  }

  close(): void {
    for (const stream of this.#streams) stream.end();
  }
}

/** `ARN@EVENT`: the execution, and the event that what is shown has come to; without one, from its first. */
function executionFrom(text: string): readonly [string, number] {
  const [, arn = text, event = "0"] = /^(.*)@(\d{1,15})$/s.exec(text) ?? [];
  return [arn, Number(event)];
}
