import { arnKey } from "./arn-key.ts";

/**
 * An execution's ARN as it is stored: what comes before its name is the same for all of a state machine, and is in `@arns` once.
 * The prefix ends with the last colon.
 */
export function splitArn(executionArn: string): { readonly prefix: string; readonly name: string } {
  const end = executionArn.lastIndexOf(":") + 1;
  return { prefix: executionArn.slice(0, end), name: executionArn.slice(end) };
}

/** The columns that hold an execution's ARN. */
export function arnColumns(executionArn: string): {
  readonly arn_prefix: string;
  readonly arn_name: string;
} {
  const { prefix, name } = splitArn(executionArn);
  return { arn_prefix: arnKey(prefix), arn_name: name };
}

/** The ARN of a row of `@executions`, as SQL. */
export function arnOf(row: string): string {
  return `(SELECT a.arn FROM @arns a WHERE a.key = ${row}.arn_prefix) || ${row}.arn_name`;
}
