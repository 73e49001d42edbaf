import type { ParseContext } from "./parse-context.ts";
import { MalformedPolicy } from "./policy-problem.ts";
import { compileText, type PolicyText } from "./policy-text.ts";

/** `arn`, partition, service, Region, account, resource. */
const partCount = 6;

/** One text of `Resource` or `NotResource`. A wildcard may stand for colons, too. */
export function parseResource(text: string, { hasVariables }: ParseContext): PolicyText {
  if (text !== "*") checkArn(text, hasVariables);
  return compileText(completed(text), { hasVariables, hasWildcards: true });
}

/** *Observed*: the words. *Documented*: variables are for the last part of an ARN only. */
function checkArn(text: string, hasVariables: boolean): void {
  const [arn, partition, service] = text.split(":");
  if (arn !== "arn") throw new MalformedPolicy(`Resource ${text} must be in ARN format or "*".`);
  if (partition !== undefined && !/^(?:aws[a-z-]*|[a-z-]*\*)$/.test(partition)) {
    const others = text.split(":").slice(2);
    const [vendor = "*", region = "*", account = "*"] = others;
    const rest = others.slice(3).join(":") || "*";
    throw new MalformedPolicy(
      `Partition "${partition}" is not valid for resource "arn:${[partition, vendor, region, account, rest].join(":")}".`,
    );
  }
  if (service === undefined || service === "") {
    throw new MalformedPolicy(
      "Resource vendor must be fully qualified and cannot contain regexes.",
    );
  }
  const prefix = text.split(":", partCount - 1).join(":");
  if (hasVariables && prefix.includes("${")) {
    throw new MalformedPolicy("Policy variables can only be used in the last part of an ARN.");
  }
}

/** *Documented*: parts that an ARN lacks are wildcards; `arn:aws:sqs` is all queues. */
function completed(text: string): string {
  const missing = text === "*" ? 0 : partCount - text.split(":").length;
  return missing > 0 ? text + ":*".repeat(missing) : text;
}
