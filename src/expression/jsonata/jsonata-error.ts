import { messageTemplates, type ErrorCode } from "./error-messages.ts";
import { printedValue } from "./printed-value.ts";
import type { Value } from "./value.ts";

/** What a message template can name. */
export interface ErrorDetails {
  readonly token?: string | undefined;
  readonly value?: unknown;
  readonly value2?: unknown;
  readonly index?: number;
  readonly type?: string | undefined;
  readonly exp?: unknown;
  readonly message?: string;
  readonly functionName?: string;
}

/**
 * JSONata's own failure: a code and its message, worded as the package words it.
 *
 * `code` is undefined for the bounds of an evaluation, whose messages AWS writes without one. *Observed.*
 */
export class JsonataError extends Error {
  override readonly name = "JsonataError";
  readonly code: ErrorCode | undefined;
  readonly details: ErrorDetails;
  /** The bound of the evaluation that was passed, if that is what went wrong. */
  readonly bound: Bound | undefined;

  constructor(code: ErrorCode | undefined, message: string, details: ErrorDetails, bound?: Bound) {
    super(message);
    this.code = code;
    this.details = details;
    this.bound = bound;
  }
}

export function jsonataError(code: ErrorCode, details: ErrorDetails = {}): JsonataError {
  return new JsonataError(code, fillTemplate(messageTemplates[code], details), details);
}

/** The same error, but about `token`. */
export function withToken(thrown: unknown, token: string): unknown {
  if (!(thrown instanceof JsonataError) || thrown.code === undefined) return thrown;
  return jsonataError(thrown.code, { ...thrown.details, token });
}

/** The error that a function of the package threw: a plain object with a code. */
export function errorOfPackage(thrown: unknown, token: string | undefined): unknown {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return thrown;
  const code = thrown.code as ErrorCode;
  const details = thrown as ErrorDetails;
  return jsonataError(code, { ...details, token: details.token ?? token });
}

/** What a function of the language fails with where AWS has no code for it, and says no more. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

export type Bound = "depth" | "steps" | "memory";

/** An evaluation went past one of its {@link EvaluationLimits}. Worded as AWS words it. *Observed.* */
export function boundError(bound: Bound): JsonataError {
  return new JsonataError(undefined, boundMessages[bound], {}, bound);
}

const boundMessages: Readonly<Record<Bound, string>> = {
  depth:
    "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.",
  steps: "Expression evaluation timeout: Check for infinite loop",
  memory: "Expression evaluation memory limit exceeded: Check for excessive memory usage",
};

function fillTemplate(template: string, details: ErrorDetails): string {
  const values = details as Readonly<Record<string, unknown>>;
  return template.replace(/\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_, raw?: string, quoted?: string) =>
    raw === undefined ? printedValue(values[quoted as string] as Value) : String(values[raw]),
  );
}
