/** What a field's value begins as, where it is no text. */
export type FieldShape = "text" | "object" | "list" | "number" | "true" | "value";

const shapes: Readonly<Record<string, FieldShape>> = {
  States: "object",
  End: "true",
  Retry: "list",
  Catch: "list",
  Choices: "list",
  Branches: "list",
  ErrorEquals: "list",
  And: "list",
  Or: "list",
  Not: "object",
  ItemProcessor: "object",
  Iterator: "object",
  ProcessorConfig: "object",
  ItemReader: "object",
  ItemBatcher: "object",
  ResultWriter: "object",
  ItemSelector: "object",
  Arguments: "object",
  Parameters: "object",
  ResultSelector: "object",
  Assign: "object",
  Credentials: "object",
  Result: "value",
  Output: "value",
  Items: "value",
  TimeoutSeconds: "number",
  HeartbeatSeconds: "number",
  Seconds: "number",
  MaxConcurrency: "number",
  ToleratedFailureCount: "number",
  ToleratedFailurePercentage: "number",
  IntervalSeconds: "number",
  MaxAttempts: "number",
  BackoffRate: "number",
  MaxDelaySeconds: "number",
};

export function shapeOf(field: string): FieldShape {
  if (/^(?:Numeric\w+|Is\w+|BooleanEquals)$/.test(field) && !field.endsWith("Path")) return "value";
  return Object.hasOwn(shapes, field) ? (shapes[field] ?? "text") : "text";
}

/** The words that a field may have. */
export const fieldWords: Readonly<Record<string, readonly string[]>> = {
  QueryLanguage: ["JSONata", "JSONPath"],
  Mode: ["INLINE", "DISTRIBUTED"],
  ExecutionType: ["STANDARD", "EXPRESS"],
  JitterStrategy: ["FULL", "NONE"],
  Version: ["1.0"],
};

/** Documented: the names of errors that the language has itself. */
export const errorNames = [
  "States.ALL",
  "States.TaskFailed",
  "States.Timeout",
  "States.HeartbeatTimeout",
  "States.Permissions",
  "States.DataLimitExceeded",
  "States.QueryEvaluationError",
  "States.ItemReaderFailed",
  "States.ResultWriterFailed",
  "States.ExceedToleratedFailureThreshold",
  "States.ResultPathMatchFailure",
  "States.ParameterPathFailure",
  "States.BranchFailed",
  "States.NoChoiceMatched",
  "States.IntrinsicFailure",
  "States.Http.Socket",
  "Lambda.ServiceException",
  "Lambda.TooManyRequestsException",
] as const;
