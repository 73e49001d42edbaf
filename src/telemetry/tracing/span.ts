import type { EpochMs } from "../../machine/ids.ts";

/** Something that took its time, as OpenTelemetry has it. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: "internal" | "server" | "client";
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
  readonly attributes: { readonly [name: string]: string | number };
  /** Spans that it goes on with, without being their child: of a redrive the run before it. */
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  /** Why it failed: the name of an error. Causes are left out, because they may hold data. */
  readonly error: string | undefined;
}
