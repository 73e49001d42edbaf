import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { elasticmapreduce as actions } from "../../asl/resources/integrations/elasticmapreduce.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { PermissionResource } from "../described/permission.ts";
import type { CallBefore, Found } from "../described/surrounding-calls.ts";
import { invalidField, missingField } from "../invalid-parameters.ts";
import type { LookedAtJob } from "../jobs/job-description.ts";
import { memberAt } from "../jobs/member-at.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

const cluster: PermissionResource = {
  parameters: ["ClusterId"],
  as: "name",
  arn: "arn:{partition}:elasticmapreduce:{region}:{account}:cluster/{name}",
};

/**
 * Documented: AWS looks every minute for ten minutes, then every five. Our choice: the first looks come sooner, for clusters that are
 * there at once.
 */
const lookEvery = { firstMs: 5_000, mostMs: 300_000 };

const clusterLook: Pick<LookedAtJob, "ends" | "look" | "lookEvery" | "result"> = {
  ends: "by look",
  look: { operation: "describeCluster", permission: "elasticmapreduce:DescribeCluster" },
  lookEvery,
  // Observed, in definitions: `ClusterId` is in the result of `.sync`, too. Our choice: that the description is beside it.
  result: ({ Cluster = null }, { ClusterId = null }) => ({ Cluster, ClusterId }),
};

/**
 * `arn:aws:states:::elasticmapreduce:…`: clusters, their steps and the size of their parts.
 *
 * *Documented*: what each action is sent and answered where EMR's API has lists. A cluster is not terminated because an
 * execution stops; the policy for `createCluster` allows to terminate it all the same. We take both to be true: a cluster
 * whose creation is waited for is terminated if that task is aborted, one that is there stays.
 */
export const elasticmapreduce: ServiceDescription<keyof typeof actions> = {
  service: "elasticmapreduce",
  calls: { client: "emr" },
  wording: oldWording("ElasticMapReduce", "AmazonElasticMapReduce", "json"),
  actions: {
    createCluster: {
      operation: "runJobFlow",
      permission: { action: "elasticmapreduce:RunJobFlow" },
      refuse: keptAlive,
      answer: ({ JobFlowId = null }) => ({ ClusterId: JobFlowId }),
      job: {
        ...clusterLook,
        key: { ClusterId: "submission.ClusterId" },
        status: statusAt("Cluster.Status.State", {
          succeeded: ["WAITING"],
          failed: ["TERMINATED", "TERMINATED_WITH_ERRORS"],
        }),
        cancel: {
          operation: "terminateJobFlows",
          permission: "elasticmapreduce:TerminateJobFlows",
          parameters: ({ ClusterId = null }) => ({ JobFlowIds: [ClusterId] }),
        },
      },
    },
    terminateCluster: {
      operation: "terminateJobFlows",
      permission: { action: "elasticmapreduce:TerminateJobFlows", resource: cluster },
      complete: ({ ClusterId = null }) => ({ JobFlowIds: [ClusterId] }),
      job: {
        ...clusterLook,
        key: { ClusterId: "parameters.ClusterId" },
        status: statusAt("Cluster.Status.State", {
          succeeded: ["TERMINATED", "TERMINATED_WITH_ERRORS"],
          failed: [],
        }),
      },
    },
    addStep: {
      operation: "addJobFlowSteps",
      permission: { action: "elasticmapreduce:AddJobFlowSteps", resource: cluster },
      complete: ({ ClusterId = null, Step = null, ...more }) => ({
        JobFlowId: ClusterId,
        Steps: [Step],
        ...more,
      }),
      answer: (answer) => ({ StepId: memberAt(answer, "StepIds.0") ?? null }),
      job: {
        ends: "by look",
        key: { ClusterId: "parameters.ClusterId", StepId: "submission.StepId" },
        look: { operation: "describeStep", permission: "elasticmapreduce:DescribeStep" },
        lookEvery,
        status: statusAt("Step.Status.State", {
          succeeded: ["COMPLETED"],
          failed: ["CANCELLED", "FAILED", "INTERRUPTED"],
        }),
        result: ({ Step = null }, { StepId = null }) => ({ Step, StepId }),
        cancel: {
          operation: "cancelSteps",
          permission: "elasticmapreduce:CancelSteps",
          parameters: ({ ClusterId = null, StepId = null }) => ({ ClusterId, StepIds: [StepId] }),
        },
      },
    },
    cancelStep: {
      operation: "cancelSteps",
      permission: { action: "elasticmapreduce:CancelSteps", resource: cluster },
      complete: ({ StepId = null, ...more }) => ({ ...more, StepIds: [StepId] }),
      answer: (answer) => ({ CancelStepsInfo: memberAt(answer, "CancelStepsInfoList.0") ?? null }),
    },
    setClusterTerminationProtection: {
      operation: "setTerminationProtection",
      permission: { action: "elasticmapreduce:SetTerminationProtection", resource: cluster },
      complete: ({ ClusterId = null, ...more }) => ({ JobFlowIds: [ClusterId], ...more }),
    },
    modifyInstanceFleetByName: {
      operation: "modifyInstanceFleet",
      permission: { action: "elasticmapreduce:ModifyInstanceFleet", resource: cluster },
      refuse: withoutId("InstanceFleet", "InstanceFleetId"),
      before: findByName({
        operation: "listInstanceFleets",
        permission: "elasticmapreduce:ListInstanceFleets",
        list: "InstanceFleets",
        name: "InstanceFleetName",
        call: ({ ClusterId = null, InstanceFleet = null }, id) => ({
          ClusterId,
          InstanceFleet: withId(InstanceFleet, "InstanceFleetId", id),
        }),
      }),
    },
    modifyInstanceGroupByName: {
      operation: "modifyInstanceGroups",
      permission: { action: "elasticmapreduce:ModifyInstanceGroups", resource: cluster },
      refuse: withoutId("InstanceGroup", "InstanceGroupId"),
      before: findByName({
        operation: "listInstanceGroups",
        permission: "elasticmapreduce:ListInstanceGroups",
        list: "InstanceGroups",
        name: "InstanceGroupName",
        call: ({ ClusterId = null, InstanceGroup = null }, id) => ({
          ClusterId,
          InstanceGroups: [withId(InstanceGroup, "InstanceGroupId", id)],
        }),
      }),
    },
  },
};

/** Documented: the field has to be there, and true. Our choice: the words. */
function keptAlive(parameters: JsonObject): readonly string[] {
  const field = "KeepJobFlowAliveWhenNoSteps";
  const instances = ownMember(parameters, "Instances");
  if (instances === undefined || !isJsonObject(instances)) return [];
  const given = ownMember(instances, field);
  if (given === undefined) return [missingField(field)];
  return given === true || given === "true" ? [] : [invalidField(field)];
}

/** Documented: the id is found out, and may not be given. */
function withoutId(parameter: string, id: string): (parameters: JsonObject) => readonly string[] {
  return (parameters) => {
    const given = ownMember(parameters, parameter);
    const has = given !== undefined && isJsonObject(given) && ownMember(given, id) !== undefined;
    return has ? [`The field '${id}' is not supported by Step Functions`] : [];
  };
}

function withId(value: JsonValue, name: string, id: JsonValue): JsonValue {
  return isJsonObject(value) ? { ...value, [name]: id } : value;
}

/** Documented: the id of what is named is found by listing all that the cluster has. Our choice: the error. */
function findByName(how: {
  readonly operation: string;
  readonly permission: string;
  readonly list: string;
  readonly name: string;
  readonly call: (parameters: JsonObject, id: JsonValue) => JsonObject;
}): CallBefore {
  const { operation, permission, list, name, call } = how;
  return {
    operation,
    permission: { action: permission, resource: cluster },
    parameters: ({ ClusterId = null }) => ({ ClusterId }),
    found(answer, parameters): Found {
      const wanted = ownMember(parameters, name);
      const listed = ownMember(answer, list);
      const found = (isJsonArray(listed) ? listed : []).find(
        (one) => isJsonObject(one) && ownMember(one, "Name") === wanted,
      );
      if (found !== undefined && isJsonObject(found)) {
        return { parameters: call(parameters, ownMember(found, "Id") ?? null) };
      }
      const { ClusterId = null } = parameters;
      const Marker = ownMember(answer, "Marker");
      if (typeof Marker === "string") return { next: { ClusterId, Marker } };
      return {
        error: "InvalidRequestException",
        cause: `The cluster ${JSON.stringify(ClusterId)} has nothing with the ${name} ${JSON.stringify(wanted)}.`,
      };
    },
  };
}
