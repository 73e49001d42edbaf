import type { IntegrationActions } from "../integration-action.ts";
import { job } from "../patterns.ts";

const nodegroup = { ClusterName: "text!", NodegroupName: "text!" } as const;
const fargateProfile = { ClusterName: "text!", FargateProfileName: "text!" } as const;

/** Documented: the parameters of the control plane's actions are the API's. */
export const eksControlPlane = {
  createCluster: {
    patterns: job,
    parameters: {
      Name: "text!",
      ResourcesVpcConfig: "object!",
      RoleArn: "text!",
      AccessConfig: "object",
      BootstrapSelfManagedAddons: "boolean",
      ClientRequestToken: "text",
      ComputeConfig: "object",
      ControlPlaneScalingConfig: "object",
      DeletionProtection: "boolean",
      EncryptionConfig: "list",
      KubernetesNetworkConfig: "object",
      Logging: "object",
      OutpostConfig: "object",
      RemoteNetworkConfig: "object",
      StorageConfig: "object",
      Tags: "object",
      UpgradePolicy: "object",
      Version: "text",
      ZonalShiftConfig: "object",
    },
  },
  deleteCluster: { patterns: job, parameters: { Name: "text!" } },
  createNodegroup: {
    patterns: job,
    parameters: {
      ...nodegroup,
      NodeRole: "text!",
      Subnets: "list!",
      AmiType: "text",
      CapacityType: "text",
      ClientRequestToken: "text",
      DiskSize: "number",
      InstanceTypes: "list",
      Labels: "object",
      LaunchTemplate: "object",
      NodeRepairConfig: "object",
      ReleaseVersion: "text",
      RemoteAccess: "object",
      ScalingConfig: "object",
      Tags: "object",
      Taints: "list",
      UpdateConfig: "object",
      Version: "text",
    },
  },
  deleteNodegroup: { patterns: job, parameters: nodegroup },
  createFargateProfile: {
    patterns: job,
    parameters: {
      ...fargateProfile,
      PodExecutionRoleArn: "text!",
      ClientRequestToken: "text",
      Selectors: "list",
      Subnets: "list",
      Tags: "object",
    },
  },
  deleteFargateProfile: { patterns: job, parameters: fargateProfile },
} as const satisfies IntegrationActions;
