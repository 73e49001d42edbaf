import type { ArnScope } from "../../machine/arns.ts";

export interface FunctionReference {
  readonly name: string;
  /** Version or alias; absent where none was given. */
  readonly qualifier: string | undefined;
  /** The whole ARN, with its qualifier if it has one. */
  readonly arn: string;
}

/**
 * Reads what names a function: an ARN with or without version or alias, a partial ARN (`123456789012:function:name`,
 * `function:name`), `name`, `name:alias`, or the short form `Lambda:name` of tutorials.
 * *Documented*: Lambda, Invoke, `FunctionName`. `undefined` if it is none of them.
 */
export function parseFunctionReference(
  text: string,
  { partition, region, accountId }: ArnScope,
): FunctionReference | undefined {
  const match =
    /^(?:(arn:[^:]+:lambda:[^:]*:[^:]*:function:)|(?:[Ll]ambda:)|(?:\d{12}:)?function:)?([A-Za-z0-9_-]+)(?::([A-Za-z0-9_$-]+))?$/.exec(
      text,
    );
  const name = match?.[2];
  if (name === undefined) return undefined;
  const prefix = match?.[1] ?? `arn:${partition}:lambda:${region}:${accountId}:function:`;
  const qualifier = match?.[3];
  return {
    name,
    qualifier,
    arn: `${prefix}${name}${qualifier === undefined ? "" : `:${qualifier}`}`,
  };
}
