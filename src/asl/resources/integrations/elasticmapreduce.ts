import type { IntegrationActions } from "../integration-action.ts";
import { job, request } from "../patterns.ts";

/**
 * Documented: how each action differs from the API's operation that it stands for. A cluster is created without `Steps`, which
 * are added one by one.
 */
export const elasticmapreduce = {
  createCluster: {
    patterns: job,
    parameters: {
      Instances: "object!",
      Name: "text!",
      AdditionalInfo: "text",
      AmiVersion: "text",
      Applications: "list",
      AutoScalingRole: "text",
      AutoTerminationPolicy: "object",
      BootstrapActions: "list",
      Configurations: "list",
      CustomAmiId: "text",
      EbsRootVolumeIops: "number",
      EbsRootVolumeSize: "number",
      EbsRootVolumeThroughput: "number",
      JobFlowRole: "text",
      KerberosAttributes: "object",
      LogEncryptionKmsKeyId: "text",
      LogUri: "text",
      ManagedScalingPolicy: "object",
      NewSupportedProducts: "list",
      OSReleaseLabel: "text",
      PlacementGroupConfigs: "list",
      ReleaseLabel: "text",
      RepoUpgradeOnBoot: "text",
      ScaleDownBehavior: "text",
      SecurityConfiguration: "text",
      ServiceRole: "text",
      StepConcurrencyLevel: "number",
      SupportedProducts: "list",
      Tags: "list",
      VisibleToAllUsers: "boolean",
    },
  },
  terminateCluster: { patterns: job, parameters: { ClusterId: "text!" } },
  addStep: {
    patterns: job,
    parameters: { ClusterId: "text!", Step: "object!", ExecutionRoleArn: "text" },
  },
  cancelStep: {
    patterns: request,
    parameters: { ClusterId: "text!", StepId: "text!", StepCancellationOption: "text" },
  },
  setClusterTerminationProtection: {
    patterns: request,
    parameters: { ClusterId: "text!", TerminationProtected: "boolean!" },
  },
  modifyInstanceFleetByName: {
    patterns: request,
    parameters: { ClusterId: "text!", InstanceFleetName: "text!", InstanceFleet: "object!" },
  },
  modifyInstanceGroupByName: {
    patterns: request,
    parameters: { ClusterId: "text!", InstanceGroupName: "text!", InstanceGroup: "object!" },
  },
} as const satisfies IntegrationActions;
