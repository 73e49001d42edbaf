import { createHash } from "node:crypto";
import type { TraceHeaders } from "../../ports/trace-headers.ts";

/** Which trace something belongs to, and whose child it is there. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits; `undefined`: it is the root. */
  readonly parentSpanId: string | undefined;
  /** What whoever sent the context decided; `undefined`: nothing. */
  readonly isSampled: boolean | undefined;
}

/**
 * The context that a `traceHeader` has: X-Ray's `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`, or W3C's
 * `traceparent`, `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`. `undefined`: it is neither.
 */
export function parseTraceHeader(header: string): TraceContext | undefined {
  const [, traceId, parentSpanId, flags] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(header.trim()) ?? [];
  if (traceId !== undefined && parentSpanId !== undefined) {
    return isZero(traceId) || isZero(parentSpanId)
      ? undefined
      : { traceId, parentSpanId, isSampled: (parseInt(flags ?? "0", 16) & 1) === 1 };
  }
  const fields = new Map(
    header.split(";").map((field) => {
      const [name = "", value = ""] = field.split("=", 2);
      return [name.trim(), value.trim()] as const;
    }),
  );
  const [, time, unique] = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i.exec(fields.get("Root") ?? "") ?? [];
  if (time === undefined || unique === undefined) return undefined;
  const parent = fields.get("Parent") ?? "";
  const sampled = fields.get("Sampled");
  return {
    traceId: (time + unique).toLowerCase(),
    parentSpanId: /^[0-9a-f]{16}$/i.test(parent) ? parent.toLowerCase() : undefined,
    isSampled: sampled === "1" ? true : sampled === "0" ? false : undefined,
  };
}

/** The context as calls carry it, whose parent is there. */
export function traceHeadersOf({
  traceId,
  parentSpanId,
  isSampled = false,
}: TraceContext & { readonly parentSpanId: string }): TraceHeaders {
  const root = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
  return {
    traceparent: `00-${traceId}-${parentSpanId}-${isSampled ? "01" : "00"}`,
    traceHeader: `Root=${root};Parent=${parentSpanId};Sampled=${isSampled ? 1 : 0}`,
  };
}

/** Which trace an execution is in, by the header that it was started with. */
export function traceIdOf(executionArn: string, traceHeader: string | undefined): string {
  const given = traceHeader === undefined ? undefined : parseTraceHeader(traceHeader);
  return given?.traceId ?? ownTraceId(executionArn);
}

/** The trace of an execution that nobody gave one: the same wherever and whenever it is asked for. */
export function ownTraceId(executionArn: string): string {
  return hashed(executionArn, 32);
}

/** The span of an execution; with a task's id that of the call. Made of names, so that parts of one trace fit together after a restart. */
export function spanIdOf(executionArn: string, taskId?: number): string {
  return hashed(taskId === undefined ? `${executionArn} span` : `${executionArn} ${taskId}`, 16);
}

/** Whether a part of all traces, from 0 to 1, has this one: the same at every node. */
export function isInSample(traceId: string, ratio: number): boolean {
  return parseInt(traceId.slice(-8), 16) < ratio * 2 ** 32;
}

function hashed(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}
