import type { eksControlPlane as actions } from "../../asl/resources/integrations/eks.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { PermissionResource } from "../described/permission.ts";
import type { LookedAtJob } from "../jobs/job-description.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

/**
 * The control plane's actions of `arn:aws:states:::eks:…`, also with `.sync`.
 *
 * *Documented*: a cluster is not deleted because an execution stops; the policy for `createCluster.sync` allows to delete it all
 * the same. We take both to be true: a creation that is waited for is undone if its task is aborted, a cluster that is
 * there stays.
 */
export const eks: ServiceDescription<keyof typeof actions> = {
  service: "eks",
  calls: { client: "eks" },
  wording: oldWording("EKS", "AmazonEKS", "rest"),
  actions: {
    // IAM knows no resource of what is yet to be.
    createCluster: {
      permission: { action: "eks:CreateCluster" },
      job: creation("Cluster", { Name: "parameters.Name" }),
    },
    deleteCluster: {
      permission: { action: "eks:DeleteCluster", resource: clusterAt("Name") },
      job: deletion("Cluster", { Name: "parameters.Name" }),
    },
    createNodegroup: {
      permission: { action: "eks:CreateNodegroup", resource: clusterAt("ClusterName") },
      job: creation("Nodegroup", part("NodegroupName")),
    },
    deleteNodegroup: {
      permission: { action: "eks:DeleteNodegroup" },
      job: deletion("Nodegroup", part("NodegroupName")),
    },
    createFargateProfile: {
      permission: { action: "eks:CreateFargateProfile", resource: clusterAt("ClusterName") },
      job: creation("FargateProfile", part("FargateProfileName")),
    },
    deleteFargateProfile: {
      permission: { action: "eks:DeleteFargateProfile" },
      job: deletion("FargateProfile", part("FargateProfileName")),
    },
  },
};

function clusterAt(parameter: string): PermissionResource {
  return {
    parameters: [parameter],
    as: "name",
    arn: "arn:{partition}:eks:{region}:{account}:cluster/{name}",
  };
}

function part(name: string): LookedAtJob["key"] {
  return { ClusterName: "parameters.ClusterName", [name]: `parameters.${name}` };
}

function looksAt(
  what: string,
  key: LookedAtJob["key"],
): Pick<LookedAtJob, "ends" | "key" | "look"> {
  return {
    ends: "by look",
    key,
    look: { operation: `describe${what}`, permission: `eks:Describe${what}` },
  };
}

function creation(what: string, key: LookedAtJob["key"]): LookedAtJob {
  return {
    ...looksAt(what, key),
    idempotencyKey: "ClientRequestToken",
    status: statusAt(`${what}.Status`, {
      // Documented for node groups: one that has problems is there all the same, but not as it should be.
      succeeded: ["ACTIVE"],
      failed: ["FAILED", "CREATE_FAILED", "DELETING", "DELETE_FAILED", "DEGRADED"],
    }),
    cancel: { operation: `delete${what}`, permission: `eks:Delete${what}` },
  };
}

function deletion(what: string, key: LookedAtJob["key"]): LookedAtJob {
  return {
    ...looksAt(what, key),
    gone: "ResourceNotFoundException",
    status: statusAt(`${what}.Status`, { succeeded: [], failed: ["FAILED", "DELETE_FAILED"] }),
  };
}
