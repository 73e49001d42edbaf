export type LogFields = { readonly [name: string]: string | number | boolean | undefined };

/** Structured log lines about the server itself (not the executions' logs). */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
