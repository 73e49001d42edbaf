import type { IntegrationActions, ParameterTable } from "../integration-action.ts";
import { job, request } from "../patterns.ts";

/** What a build and a batch of builds may have in place of what their project says. */
const start = {
  ProjectName: "text!",
  ArtifactsOverride: "object",
  BuildspecOverride: "text",
  CacheOverride: "object",
  CertificateOverride: "text",
  ComputeTypeOverride: "text",
  DebugSessionEnabled: "boolean",
  EncryptionKeyOverride: "text",
  EnvironmentTypeOverride: "text",
  EnvironmentVariablesOverride: "list",
  GitCloneDepthOverride: "number",
  GitSubmodulesConfigOverride: "object",
  IdempotencyToken: "text",
  ImageOverride: "text",
  ImagePullCredentialsTypeOverride: "text",
  InsecureSslOverride: "boolean",
  LogsConfigOverride: "object",
  PrivilegedModeOverride: "boolean",
  QueuedTimeoutInMinutesOverride: "number",
  RegistryCredentialOverride: "object",
  SecondaryArtifactsOverride: "list",
  SecondarySourcesOverride: "list",
  SecondarySourcesVersionOverride: "list",
  ServiceRoleOverride: "text",
  SourceAuthOverride: "object",
  SourceLocationOverride: "text",
  SourceTypeOverride: "text",
  SourceVersion: "text",
} as const satisfies ParameterTable;

/** Documented: the patterns of each action; the parameters are the API's. */
export const codebuild = {
  startBuild: {
    patterns: job,
    parameters: {
      ...start,
      AutoRetryLimitOverride: "number",
      BuildStatusConfigOverride: "object",
      FleetOverride: "object",
      HostKernelOverride: "text",
      ReportBuildStatusOverride: "boolean",
      TimeoutInMinutesOverride: "number",
    },
  },
  stopBuild: { patterns: request, parameters: { Id: "text!" } },
  batchDeleteBuilds: { patterns: request, parameters: { Ids: "list!" } },
  batchGetReports: { patterns: request, parameters: { ReportArns: "list!" } },
  startBuildBatch: {
    patterns: job,
    parameters: {
      ...start,
      BuildBatchConfigOverride: "object",
      BuildTimeoutInMinutesOverride: "number",
      ReportBuildBatchStatusOverride: "boolean",
    },
  },
  stopBuildBatch: { patterns: request, parameters: { Id: "text!" } },
  retryBuildBatch: {
    patterns: job,
    parameters: { Id: "text", IdempotencyToken: "text", RetryType: "text" },
  },
  deleteBuildBatch: { patterns: request, parameters: { Id: "text!" } },
} as const satisfies IntegrationActions;
