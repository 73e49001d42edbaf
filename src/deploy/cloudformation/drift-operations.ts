import { textsOf } from "../../aws-services/members.ts";
import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import type { StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import { detectDrift } from "../drift/detect-drift.ts";
import { secretHider } from "../stacks/hide-secrets.ts";
import type { ResourceRecord, StackRecord } from "../stacks/stack-record.ts";
import { requiredMember, stackOperation } from "./stack-operation.ts";

/** What tells of resources that are not as their templates say. */
export function driftOperations(desk: StackDesk): { readonly [name: string]: ServiceOperation } {
  return {
    DetectStackDrift: stackOperation("DetectStackDrift", async (members, request) => {
      const only = textsOf(members, "LogicalResourceIds");
      const name = requiredMember(members, "StackName");
      const { drift } = await detectDrift(desk, name, request, only.length > 0 ? only : undefined);
      return { StackDriftDetectionId: drift?.detectionId };
    }),

    DetectStackResourceDrift: stackOperation(
      "DetectStackResourceDrift",
      async (members, request) => {
        const logicalId = requiredMember(members, "LogicalResourceId");
        const name = requiredMember(members, "StackName");
        const stack = await detectDrift(desk, name, request, [logicalId]);
        const resource = stack.resources[logicalId];
        if (resource !== undefined) return { StackResourceDrift: shownDrift(stack, resource) };
        throw stackErrors.validation(
          `Resource ${logicalId} does not exist for stack ${stack.name}`,
        );
      },
    ),

    DescribeStackDriftDetectionStatus: stackOperation(
      "DescribeStackDriftDetectionStatus",
      async (members, { caller }) => {
        const id = requiredMember(members, "StackDriftDetectionId");
        for await (const { stackId, drift, resources } of desk.tools.store.stacks(caller.region)) {
          if (drift?.detectionId !== id) continue;
          return {
            StackId: stackId,
            StackDriftDetectionId: id,
            StackDriftStatus: drift.status,
            DetectionStatus: "DETECTION_COMPLETE",
            DriftedStackResourceCount: Object.values(resources).filter(isDrifted).length,
            Timestamp: new Date(drift.at),
          };
        }
        throw stackErrors.validation(`DetectionStatus with id ${id} does not exist`);
      },
      { isOfAll: true },
    ),

    DescribeStackResourceDrifts: stackOperation(
      "DescribeStackResourceDrifts",
      async (members, { caller }) => {
        const stack = await desk.find(caller.region, requiredMember(members, "StackName"));
        const wanted = textsOf(members, "StackResourceDriftStatusFilters");
        const resources = Object.values(stack.resources).filter(
          ({ drift }) =>
            drift !== undefined && (wanted.length === 0 || wanted.includes(drift.status)),
        );
        return { StackResourceDrifts: resources.map((one) => shownDrift(stack, one)) };
      },
    ),
  };
}

function isDrifted({ drift }: ResourceRecord): boolean {
  return drift?.status === "MODIFIED" || drift?.status === "DELETED";
}

function shownDrift(stack: StackRecord, resource: ResourceRecord): ServiceMembers {
  const { stackId, content, resources } = stack;
  const { drift } = resource;
  const hider = secretHider([content], resources);
  return {
    StackId: stackId,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ExpectedProperties: JSON.stringify(hider.value(resource.properties)),
    ActualProperties: drift?.actual && JSON.stringify(hider.value(drift.actual)),
    PropertyDifferences: (drift?.differences ?? []).map((difference) => ({
      PropertyPath: difference.propertyPath,
      ExpectedValue: hider.text(difference.expected),
      ActualValue: hider.text(difference.actual),
      DifferenceType: difference.type,
    })),
    StackResourceDriftStatus: drift?.status ?? "NOT_CHECKED",
    Timestamp: new Date(drift?.at ?? resource.updatedAt),
  };
}
