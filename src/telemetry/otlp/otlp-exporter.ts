import type { JsonObject } from "../../expression/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Counter, Figure, Figures } from "../../ports/figures.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Span } from "../tracing/span.ts";
import { encodeMetrics, encodeTraces, type Resource } from "./encode.ts";

export interface OtlpSettings {
  /** Where OTLP over HTTP is taken: `http://localhost:4318`; `/v1/traces` and `/v1/metrics` are put behind it. */
  readonly endpoint: string;
  /** Sent with each request: keys of whoever takes it. */
  readonly headers?: { readonly [name: string]: string } | undefined;
  /** What the server is called; absent: `stepwell`. */
  readonly serviceName?: string | undefined;
}

export interface OtlpOptions {
  readonly settings: OtlpSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly figures: Figures;
  /** Tells the nodes of a cluster apart. */
  readonly node: string;
  /** Sends a request; absent: `fetch`. */
  readonly send?: (url: string, init: RequestInit) => Promise<Response>;
}

/** Our choices: spans that wait, spans of one request, how often they are sent, and how long a request may take. */
const mostWaiting = 20_000;
const batchSpans = 512;
const everyMs = 5_000;
const requestMs = 10_000;
/** Our choice: a request that fails is sent again after as many milliseconds, then it is given up. */
const retryMs: readonly number[] = [1_000, 2_000, 4_000, 8_000];
/** *Documented*: answers after which a client may try again. */
const passing = new Set([429, 502, 503, 504]);

/** Sends spans and figures. Nobody waits for it: what there is no room for is dropped, and counted. */
export class OtlpExporter {
  readonly #options: OtlpOptions;
  readonly #resource: Resource;
  readonly #since: number;
  readonly #dropped: Counter;
  readonly #sent: Counter;
  #waiting: Span[] = [];
  #sending: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(options: OtlpOptions) {
    const { settings, clock, figures, node } = options;
    this.#options = options;
    this.#since = clock.now();
    this.#resource = {
      attributes: {
        "service.name": settings.serviceName ?? "stepwell",
        "service.instance.id": node,
      },
    };
    this.#dropped = figures.counter(
      "stepwell_otlp_spans_dropped_total",
      "Spans that were not sent",
    );
    this.#sent = figures.counter("stepwell_otlp_spans_sent_total", "Spans that were sent");
  }

  span(span: Span): void {
    if (this.#waiting.length >= mostWaiting || this.#isClosed) {
      this.#dropped.add();
      return;
    }
    this.#waiting.push(span);
    const { clock } = this.#options;
    if (this.#waiting.length >= batchSpans) void this.flush();
    else this.#cancel ??= clock.schedule(clock.now() + everyMs, () => void this.flush());
  }

  async metrics(figures: readonly Figure[]): Promise<void> {
    const times = { since: this.#since, now: this.#options.clock.now() };
    await this.#post("metrics", encodeMetrics(figures, this.#resource, times));
  }

  /** Sends what waits. */
  flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  /** Sends what waits, once; what fails then is dropped. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.flush();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, batchSpans);
      this.#waiting = this.#waiting.slice(batchSpans);
      const isSent = await this.#post("traces", encodeTraces(batch, this.#resource));
      (isSent ? this.#sent : this.#dropped).add(batch.length);
    }
  }

  async #post(what: "traces" | "metrics", body: JsonObject): Promise<boolean> {
    const { settings, clock, logger, send = fetch } = this.#options;
    const url = `${settings.endpoint.replace(/\/+$/, "")}/v1/${what}`;
    const text = JSON.stringify(body);
    let reason = "";
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await send(url, {
          method: "POST",
          headers: { "Content-Type": "application/json", ...settings.headers },
          body: text,
          signal: AbortSignal.timeout(requestMs),
        });
        // Nobody reads it; a body that is left open would keep the connection.
        await answer.body?.cancel();
        if (answer.ok) return true;
        reason = `status ${answer.status}`;
        if (!passing.has(answer.status)) break;
      } catch (error) {
        reason = String(error);
      }
      const delayMs = retryMs[attempt];
      if (delayMs === undefined || this.#isClosed) break;
      await new Promise<void>((resolve) => clock.schedule(clock.now() + delayMs, resolve));
    }
    logger.warn("OpenTelemetry data could not be sent", {
      what,
      endpoint: settings.endpoint,
      reason,
    });
    return false;
  }
}
