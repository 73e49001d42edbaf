import type { JsonObject } from "../../expression/json.ts";
import { lambdaErrors } from "./lambda-errors.ts";

/** *Documented*: of all variables together, as JSON. */
const mostBytes = 4_096;
const name = /^[a-zA-Z]\w+$/;

/** *Documented*: variables that a function may not set itself. */
const reserved = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

/** The variables of a request, as Lambda takes them. */
export function checkedEnvironment(variables: JsonObject): { readonly [name: string]: string } {
  const entries = Object.entries(variables).map(([key, value]) => {
    if (!name.test(key)) {
      throw lambdaErrors.constraint(
        "environment.variables",
        key,
        String.raw`satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`,
      );
    }
    // Templates have numbers and truth values, too.
    const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    if (typeof text !== "string" || text.includes("\0")) {
      throw lambdaErrors.invalid(`The environment variable ${key} must be a string`);
    }
    return [key, text] as const;
  });
  const taken = entries.map(([key]) => key).filter((key) => reserved.has(key));
  if (taken.length > 0) {
    throw lambdaErrors.invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(", ")}`,
    );
  }
  const checked = Object.fromEntries(entries);
  if (Buffer.byteLength(JSON.stringify(checked)) > mostBytes) {
    throw lambdaErrors.invalid(
      "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.",
    );
  }
  return checked;
}
