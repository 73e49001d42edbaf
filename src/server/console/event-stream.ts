import type { ServerResponse } from "node:http";
import type { ConsoleListener } from "../../console/console-listener.ts";
import type { ConsoleService } from "../../console/console-service.ts";
import type { LiveExecution } from "../../console/execution/live-executions.ts";
import type { IndexedExecution } from "../../console/index/execution-index.ts";
import type { RowLog } from "../../console/index/row-log.ts";
import { rowOf } from "../../console/index/summaries.ts";
import type { StreamFrame, StreamStart } from "../../console/view-types.ts";
import { securityHeaders } from "./static-files.ts";

/** What a stream tells of: the rows of all executions, and executions from one event on. */
export interface StreamTopics {
  readonly executions: boolean;
  /** Up to where rows have been told; absent: what is shown has just been read. */
  readonly rowsFrom?: string;
  readonly execution: ReadonlyMap<string, number>;
}

/** What a stream needs to know of the server that it is one of. */
export interface StreamServer {
  /** See `SessionView.build`. */
  readonly build: string;
  readonly rows: RowLog;
}

/** Our choice: four frames a second are live to the eye, and cost a browser nothing. */
const frameMs = 250;
/** Our choice: bytes that one stream is told in a second. A large frame is followed by a longer pause. */
const bytesPerSecond = 64 * 1024;
const heartbeatMs = 15_000;
/** Our choice: rows and visits of one frame; more are a reason to read anew. */
const mostRows = 500;
const mostVisits = 300;

/**
 * One stream of server-sent events. What it tells are values, not steps: the row or the state as it is now. So a frame
 * that is late tells what many would have, and after a cut the page reads once what it shows, and goes on.
 */
export class EventStream implements ConsoleListener {
  readonly #service: ConsoleService;
  readonly #response: ServerResponse;
  readonly #topics: StreamTopics;
  readonly #log: RowLog | undefined;
  /** How far each execution has been told. */
  readonly #told: Map<string, number>;
  readonly #rows = new Map<string, IndexedExecution>();
  /** More rows have changed than a frame tells. */
  #isBehind = false;
  readonly #changed = new Map<string, LiveExecution>();
  readonly #ends: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Bytes of the newest frames, which go together. */
  #toldBytes = 0;

  constructor(
    service: ConsoleService,
    response: ServerResponse,
    topics: StreamTopics,
    server?: StreamServer,
  ) {
    this.#service = service;
    this.#response = response;
    this.#topics = topics;
    this.#log = server?.rows;
    this.#told = new Map(topics.execution);
    response.writeHead(200, {
      ...securityHeaders,
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    });
    // How soon a browser asks again after a cut.
    response.write("retry: 1000\n\n");
    const missed = topics.rowsFrom === undefined ? undefined : this.#log?.since(topics.rowsFrom);
    if (server !== undefined) {
      const start: StreamStart = {
        build: server.build,
        ...(missed === undefined && { at: server.rows.position }),
      };
      response.write(`event: start\ndata: ${JSON.stringify(start)}\n\n`);
    }
    if (missed === undefined) this.#write({ topic: "reload" });
    this.#ends.push(service.listen(this));
    this.rowsChanged(missed ?? []);
    for (const arn of topics.execution.keys()) {
      this.#ends.push(service.live.watch(arn));
      service.live.find(arn).then(
        (live) => live !== undefined && this.executionChanged(live),
        // The page asks again, and hears why.
        () => this.end(),
      );
    }
    const heartbeat = setInterval(() => {
      service.look();
      if (!response.writableNeedDrain) response.write(": still here\n\n");
    }, heartbeatMs);
    this.#ends.push(() => clearInterval(heartbeat));
    response.on("close", () => this.end());
    response.on("drain", () => this.#schedule());
  }

  executionChanged(live: LiveExecution): void {
    if (!this.#topics.execution.has(live.record.executionArn)) return;
    this.#changed.set(live.record.executionArn, live);
    this.#schedule();
  }

  rowsChanged(rows: readonly IndexedExecution[]): void {
    if (!this.#topics.executions) return;
    if (this.#isBehind || rows.length === 0) return;
    for (const row of rows) this.#rows.set(row.executionArn, row);
    if (this.#rows.size > mostRows) this.rowsLost();
    else this.#schedule();
  }

  rowsLost(): void {
    if (!this.#topics.executions) return;
    this.#isBehind = true;
    this.#rows.clear();
    this.#schedule();
  }

  end(): void {
    for (const end of this.#ends.splice(0)) end();
    clearTimeout(this.#timer);
    this.#response.end();
  }

  #schedule(): void {
    const pauseMs = Math.max(frameMs, (this.#toldBytes / bytesPerSecond) * 1_000);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, pauseMs);
  }

  #flush(): void {
    // A slow reader gets later what it has not read now: nothing piles up.
    if (this.#response.writableNeedDrain || this.#response.destroyed) return;
    this.#toldBytes = 0;
    if (this.#isBehind) {
      this.#isBehind = false;
      this.#write({ topic: "reload" });
    } else if (this.#rows.size > 0) {
      this.#write({
        topic: "executions",
        rows: [...this.#rows.values()].map(rowOf),
        // The log hears of a row before its streams do, so each row up to here has been told.
        ...(this.#log && { at: this.#log.position }),
      });
    }
    this.#rows.clear();
    for (const [arn, live] of this.#changed) {
      const change = this.#service.executions.change(live, this.#told.get(arn) ?? 0);
      this.#told.set(arn, change.lastEventId);
      if (change.visits.length > mostVisits) this.#write({ topic: "reload" });
      else this.#write({ topic: "execution", change });
    }
    this.#changed.clear();
  }

  #write(frame: StreamFrame): void {
    const text = `data: ${JSON.stringify(frame)}\n\n`;
    this.#toldBytes += text.length;
    this.#response.write(text);
  }
}
