import { queryOptions } from "@tanstack/react-query";
import { regionOf, server } from "../../api/client.ts";
import { workflowKeys } from "./use-workflows.ts";

/** What DescribeStateMachine answers, as far as it is shown; dates are seconds. */
export interface StateMachine {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: "ACTIVE" | "DELETING";
  readonly type: "STANDARD" | "EXPRESS";
  readonly creationDate: number;
  readonly definition: string;
  readonly roleArn: string;
  readonly description?: string;
  readonly revisionId?: string;
  readonly loggingConfiguration?: {
    readonly level?: "OFF" | "ERROR" | "FATAL" | "ALL";
    readonly includeExecutionData?: boolean;
    readonly destinations?: readonly {
      readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string };
    }[];
  };
  readonly tracingConfiguration?: { readonly enabled?: boolean };
  readonly encryptionConfiguration?: {
    readonly type: "AWS_OWNED_KEY" | "CUSTOMER_MANAGED_KMS_KEY";
    readonly kmsKeyId?: string;
    readonly kmsDataKeyReusePeriodSeconds?: number;
  };
}

export interface Version {
  readonly stateMachineVersionArn: string;
  readonly creationDate: number;
}

export interface VersionPage {
  readonly stateMachineVersions: readonly Version[];
  readonly nextToken?: string;
}

export interface AliasPage {
  readonly stateMachineAliases: readonly {
    readonly stateMachineAliasArn: string;
    readonly creationDate: number;
  }[];
  readonly nextToken?: string;
}

export interface Alias {
  readonly stateMachineAliasArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routingConfiguration: readonly {
    readonly stateMachineVersionArn: string;
    readonly weight: number;
  }[];
  readonly creationDate: number;
  readonly updateDate: number;
}

/** What is known of a workflow whose key cannot be had. */
export function metadataOptions(arn: string) {
  const input = { stateMachineArn: arn, includedData: "METADATA_ONLY" };
  return queryOptions({
    queryKey: [...workflowKeys.described(arn, arn), "metadata"],
    queryFn: () => server.call<StateMachine>("DescribeStateMachine", input, regionOf(arn)),
  });
}

/** A workflow as it is now, or, by its ARN with a version, as it was published. */
export function describedOptions(arn: string, qualified = arn) {
  const isVersion = qualified !== arn;
  return queryOptions({
    queryKey: workflowKeys.described(arn, qualified),
    queryFn: () =>
      server.call<StateMachine>(
        "DescribeStateMachine",
        { stateMachineArn: qualified },
        regionOf(arn),
      ),
    // A version stays as it is.
    ...(isVersion && { staleTime: Infinity }),
  });
}

/** The version's number, or the alias's name, that an ARN ends with. */
export function qualifierOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
