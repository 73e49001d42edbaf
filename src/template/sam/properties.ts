import { invalid, type SamExpansion } from "./expansion.ts";
import type { JsonObject } from "../../expression/json.ts";

/** The properties of each type of SAM. Documented: "AWS SAM resource and property reference". */
const propertiesOfTypes: { readonly [type: string]: ReadonlySet<string> } = {
  "AWS::Serverless::Api": names(
    "AccessLogSetting AlwaysDeploy ApiKeySourceType Auth BinaryMediaTypes CacheClusterEnabled CacheClusterSize CanarySetting Cors DefinitionBody DefinitionUri Description DisableExecuteApiEndpoint Domain EndpointAccessMode EndpointConfiguration FailOnWarnings GatewayResponses MergeDefinitions MethodSettings MinimumCompressionSize Mode Models Name OpenApiVersion Policy PropagateTags SecurityPolicy StageName Tags TracingEnabled Variables",
  ),
  "AWS::Serverless::Application": names(
    "Location NotificationARNs Parameters Tags TimeoutInMinutes",
  ),
  "AWS::Serverless::Connector": names("Source Destination Permissions"),
  "AWS::Serverless::Function": names(
    "Architectures AssumeRolePolicyDocument AutoPublishAlias AutoPublishAliasAllProperties AutoPublishCodeSha256 CapacityProviderConfig CodeSigningConfigArn CodeUri DeadLetterQueue DeploymentPreference Description DurableConfig Environment EphemeralStorage EventInvokeConfig Events FileSystemConfigs FunctionName FunctionScalingConfig FunctionUrlConfig Handler ImageConfig ImageUri InlineCode KmsKeyArn Layers LoggingConfig MemorySize PackageType PermissionsBoundary Policies PropagateTags ProvisionedConcurrencyConfig PublishToLatestPublished RecursiveLoop ReservedConcurrentExecutions Role RolePath Runtime RuntimeManagementConfig SnapStart SourceKMSKeyArn Tags TenancyConfig Timeout Tracing VersionDeletionPolicy VersionDescription VpcConfig",
  ),
  "AWS::Serverless::HttpApi": names(
    "AccessLogSettings Auth CorsConfiguration DefaultRouteSettings DefinitionBody DefinitionUri Description DisableExecuteApiEndpoint Domain FailOnWarnings Name PropagateTags RouteSettings StageName StageVariables Tags",
  ),
  "AWS::Serverless::LayerVersion": names(
    "CompatibleArchitectures CompatibleRuntimes ContentUri Description LayerName LicenseInfo PublishLambdaVersion RetentionPolicy",
  ),
  "AWS::Serverless::SimpleTable": names(
    "PointInTimeRecoverySpecification PrimaryKey ProvisionedThroughput SSESpecification TableName Tags",
  ),
  "AWS::Serverless::StateMachine": names(
    "AutoPublishAlias Definition DefinitionSubstitutions DefinitionUri DeploymentPreference Events Logging Name PermissionsBoundary Policies PropagateTags Role RolePath Tags Tracing Type UseAliasAsEventTarget",
  ),
};

/** Documented properties that are not expanded here: without them the resource would be another one than was meant. */
const notExpanded: { readonly [type: string]: ReadonlySet<string> } = {
  "AWS::Serverless::Api": names("Domain GatewayResponses Models MergeDefinitions"),
  "AWS::Serverless::Function": names(
    "CapacityProviderConfig DurableConfig FunctionScalingConfig PublishToLatestPublished SourceKMSKeyArn TenancyConfig",
  ),
  "AWS::Serverless::HttpApi": names("Domain"),
  "AWS::Serverless::LayerVersion": names("PublishLambdaVersion"),
};

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

/** Throws for a type that SAM has not, or a property that the type has not. */
export function checkProperties(
  expansion: SamExpansion,
  logicalId: string,
  type: string,
  properties: JsonObject,
): void {
  const known = Object.hasOwn(propertiesOfTypes, type) ? propertiesOfTypes[type] : undefined;
  if (known === undefined) {
    throw invalid(expansion, logicalId, `Stepwell knows no resources of type ${type}.`);
  }
  for (const name of Object.keys(properties)) {
    if (!known.has(name)) {
      throw invalid(
        expansion,
        logicalId,
        `property ${name} not defined for resource of type ${type}`,
      );
    }
    if (notExpanded[type]?.has(name)) {
      throw invalid(
        expansion,
        logicalId,
        `Stepwell does not expand the property ${name} of ${type}.`,
      );
    }
  }
}
