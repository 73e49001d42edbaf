import type { JsonObject } from "../../expression/json.ts";
import type {
  FunctionAliasRecord,
  FunctionRecord,
  FunctionVersionRecord,
} from "../../integrations/functions/deployed/function-record.ts";
import type { ServiceMembers } from "../../ports/service-api.ts";

/** *Documented* format of Lambda's times: `2026-11-27T10:00:00.000+0000`. */
export function shownTime(at: number): string {
  return new Date(at).toISOString().replace("Z", "+0000");
}

/** `FunctionConfiguration`. `isQualified`: the ARN names the version. */
export function shownFunction(
  record: Pick<FunctionRecord, "name" | "arn">,
  version: FunctionVersionRecord,
  isQualified: boolean,
): ServiceMembers {
  const { environment, layers, others } = version;
  return {
    FunctionName: record.name,
    FunctionArn: isQualified ? `${record.arn}:${version.version}` : record.arn,
    Runtime: version.runtime,
    Role: version.roleArn,
    Handler: version.handler,
    CodeSize: version.codeSize,
    Description: version.description,
    Timeout: version.timeoutSeconds,
    MemorySize: version.memorySizeMb,
    LastModified: shownTime(version.lastModified),
    CodeSha256: version.codeSha256,
    Version: version.version,
    ...(Object.keys(environment).length > 0 && { Environment: { Variables: environment } }),
    RevisionId: version.revisionId,
    ...(layers.length > 0 && {
      Layers: layers.map(({ arn, codeSize }) => ({ Arn: arn, CodeSize: codeSize })),
    }),
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: version.architectures,
    ...shownOthers(record.name, others),
  };
}

/** What is kept and does nothing, with what Lambda says where nothing was given. */
function shownOthers(name: string, others: JsonObject): ServiceMembers {
  const { SnapStart: snapStart, VpcConfig: vpc, LoggingConfig: logging, ...rest } = others;
  return {
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: "PassThrough" },
    ...(rest as ServiceMembers),
    SnapStart: {
      ApplyOn: "None",
      ...(snapStart as ServiceMembers | undefined),
      OptimizationStatus: "Off",
    },
    LoggingConfig: {
      LogFormat: "Text",
      LogGroup: `/aws/lambda/${name}`,
      ...(logging as ServiceMembers | undefined),
    },
    ...(vpc !== undefined && { VpcConfig: { VpcId: "", ...(vpc as ServiceMembers) } }),
  };
}

export function shownAlias({ arn }: FunctionRecord, alias: FunctionAliasRecord): ServiceMembers {
  const { weights } = alias;
  return {
    AliasArn: `${arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(Object.keys(weights).length > 0 && {
      RoutingConfig: { AdditionalVersionWeights: weights },
    }),
    RevisionId: alias.revisionId,
  };
}
