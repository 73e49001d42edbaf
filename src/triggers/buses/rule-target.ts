import type { JsonObject } from "../../expression/json.ts";
import { InvalidTargetInput } from "../../eventing/transformer/invalid-target-input.ts";
import {
  type GivenTargetInput,
  parseTargetInput,
  type TargetInput,
} from "../../eventing/transformer/target-input.ts";
import { ServiceError } from "../../ports/service-api.ts";
import type { ValueOf } from "../../service/model/member.ts";
import type { RetryPolicy } from "../deliveries/delivery.ts";
import { mostAttempts } from "../deliveries/delivery.ts";
import type { TargetHttpParameters } from "../targets/target.ts";
import { isTargetArn, needsRole } from "../targets/start-target.ts";
import type { target as model } from "./members.ts";
import { retryPolicyOf } from "../deliveries/retry-policy.ts";

/** A rule's target, ready to be used. */
export interface RuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  readonly input: TargetInput;
  readonly retry: RetryPolicy;
  readonly deadLetterArn: string | undefined;
  readonly messageGroupId: string | undefined;
  readonly http: TargetHttpParameters | undefined;
}

/** A target as the model has it. */
export type GivenTarget = ValueOf<typeof model>;

/** Reads a target that keeps the model. Throws a ServiceError for what cannot be. */
export function readTarget(record: JsonObject): RuleTarget {
  const given = record as unknown as GivenTarget;
  return {
    id: given.Id,
    arn: given.Arn,
    roleArn: given.RoleArn,
    input: inputOf(given, given.Id),
    retry: retryPolicyOf(given.RetryPolicy, mostAttempts),
    deadLetterArn: given.DeadLetterConfig?.Arn,
    messageGroupId: given.SqsParameters?.MessageGroupId,
    http: given.HttpParameters && {
      pathValues: given.HttpParameters.PathParameterValues,
      headers: given.HttpParameters.HeaderParameters,
      query: given.HttpParameters.QueryStringParameters,
    },
  };
}

/** Why a target cannot be put, as an entry of the answer. */
export function refusedTarget({
  Id: id,
  Arn: arn,
  RoleArn: role,
}: GivenTarget): ServiceError | undefined {
  if (!isTargetArn(arn)) {
    return new ServiceError(
      "ValidationException",
      `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format, or Stepwell has no such targets.`,
    );
  }
  if (needsRole(arn) && role === undefined) {
    // *Observed* for state machines.
    return new ServiceError("ValidationException", `RoleArn is required for target ${arn}.`);
  }
  return id === "" ? new ServiceError("ValidationException", "A target has no Id.") : undefined;
}

function inputOf(given: GivenTargetInput, id: string): TargetInput {
  try {
    return parseTargetInput(given, id);
  } catch (error) {
    if (!(error instanceof InvalidTargetInput)) throw error;
    throw new ServiceError("ValidationException", error.message);
  }
}
