import { isJsonObject } from "../../expression/json.ts";
import type { emrContainers as actions } from "../../asl/resources/integrations/emr-containers.ts";
import type { ServiceDescription } from "../described/description.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

const arn = "arn:{partition}:emr-containers:{region}:{account}:/virtualclusters/{name}";

/**
 * `arn:aws:states:::emr-containers:…`: virtual clusters, and job runs on them.
 *
 * Our choice: the result of `.sync` is what the look describes, without the member around it, so that it has what the
 * submission was answered with.
 */
export const emrContainers: ServiceDescription<keyof typeof actions> = {
  service: "emr-containers",
  calls: { client: "emrcontainers" },
  wording: oldWording("EMRContainers", "AmazonEMRContainers", "rest"),
  actions: {
    createVirtualCluster: { permission: { action: "emr-containers:CreateVirtualCluster" } },
    deleteVirtualCluster: {
      permission: {
        action: "emr-containers:DeleteVirtualCluster",
        resource: { parameters: ["Id"], as: "name", arn },
      },
      job: {
        ends: "by look",
        key: { Id: "parameters.Id" },
        look: {
          operation: "describeVirtualCluster",
          permission: "emr-containers:DescribeVirtualCluster",
        },
        gone: "ResourceNotFoundException",
        status: statusAt("VirtualCluster.State", {
          succeeded: ["TERMINATED"],
          failed: ["ARRESTED"],
        }),
        result: ({ VirtualCluster = null }) => (isJsonObject(VirtualCluster) ? VirtualCluster : {}),
      },
    },
    startJobRun: {
      permission: {
        action: "emr-containers:StartJobRun",
        resource: { parameters: ["VirtualClusterId"], as: "name", arn },
      },
      job: {
        ends: "by look",
        idempotencyKey: "ClientToken",
        key: { Id: "submission.Id", VirtualClusterId: "parameters.VirtualClusterId" },
        look: { operation: "describeJobRun", permission: "emr-containers:DescribeJobRun" },
        status: statusAt("JobRun.State", {
          succeeded: ["COMPLETED"],
          failed: ["FAILED", "CANCELLED"],
        }),
        result: ({ JobRun = null }) => (isJsonObject(JobRun) ? JobRun : {}),
        cancel: { operation: "cancelJobRun", permission: "emr-containers:CancelJobRun" },
      },
    },
  },
};
