import type { JsonValue } from "../../expression/json.ts";
import { unresolved, type Unresolved } from "../functions/references.ts";
import type { PseudoParameters } from "../template.ts";

/** The value of `AWS::Region` and its like; `undefined` is that of `AWS::NoValue`. Documented: "Pseudo parameters reference". */
export function pseudoParameter(
  pseudo: PseudoParameters,
  name: string,
): JsonValue | undefined | Unresolved {
  switch (name) {
    case "AWS::AccountId":
      return pseudo.accountId;
    case "AWS::NotificationARNs":
      return [...(pseudo.notificationArns ?? [])];
    case "AWS::NoValue":
      return undefined;
    case "AWS::Partition":
      return pseudo.partition ?? "aws";
    case "AWS::Region":
      return pseudo.region;
    case "AWS::StackId":
      return pseudo.stackId;
    case "AWS::StackName":
      return pseudo.stackName;
    case "AWS::URLSuffix":
      return pseudo.urlSuffix ?? "amazonaws.com";
    default:
      return unresolved;
  }
}
