export type SourceKind = "sqs" | "bucket" | "table" | "channel";

const kinds: readonly (readonly [RegExp, SourceKind])[] = [
  [/^arn:[^:]+:sqs:[^:]+:\d{12}:[\w.-]+$/, "sqs"],
  [/^arn:[^:]+:s3:::[^/:]+$/, "bucket"],
  [/^arn:stepwell:postgres:::[^/:]+\/table\/.+$/, "table"],
  [/^arn:stepwell:postgres:::[^/:]+\/channel\/.+$/, "channel"],
];

/** `undefined`: Stepwell has no such source. */
export function kindOfSource(arn: string): SourceKind | undefined {
  return kinds.find(([pattern]) => pattern.test(arn))?.[1];
}

export function isStateMachine(arn: string): boolean {
  return /^arn:[^:]+:states:[^:]+:[^:]*:stateMachine:/.test(arn);
}

export function isFunction(arn: string): boolean {
  return /^arn:[^:]+:lambda:[^:]+:[^:]*:function:/.test(arn);
}
