import type { JsonObject } from "../../expression/json.ts";
import type { ServiceMembers } from "../../ports/service-api.ts";
import { hiddenValue } from "../stacks/hidden-value.ts";
import type {
  ChangeSetRecord,
  PlannedChange,
  ResourceRecord,
  StackContent,
  StackEvent,
  StackRecord,
} from "../stacks/stack-record.ts";

export function shownStack(stack: StackRecord): ServiceMembers {
  const { content, parentId, rootId } = stack;
  return {
    StackId: stack.stackId,
    StackName: stack.name,
    Description: content.description,
    Parameters: shownParameters(content),
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: dateOf(stack.updatedAt),
    DeletionTime: dateOf(stack.deletedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DisableRollback: false,
    NotificationARNs: content.notificationArns,
    Capabilities: content.capabilities,
    Outputs: stack.outputs.map(({ name, value, description, exportName, isNoEcho }) => ({
      OutputKey: name,
      OutputValue: isNoEcho === true ? hiddenValue : value,
      Description: description,
      ExportName: exportName,
    })),
    RoleARN: content.roleArn,
    Tags: shownTags(content),
    EnableTerminationProtection: stack.isProtected,
    ParentId: parentId,
    RootId: rootId,
    DriftInformation: shownDrift(stack),
  };
}

export function shownDrift({ drift }: StackRecord): ServiceMembers {
  return {
    StackDriftStatus: drift?.status ?? "NOT_CHECKED",
    LastCheckTimestamp: dateOf(drift?.at),
  };
}

export function shownSummary(stack: StackRecord): ServiceMembers {
  return {
    StackId: stack.stackId,
    StackName: stack.name,
    TemplateDescription: stack.content.description,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: dateOf(stack.updatedAt),
    DeletionTime: dateOf(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: shownDrift(stack),
  };
}

export function shownParameters({ parameters, given }: StackContent): readonly ServiceMembers[] {
  return parameters.map(({ name, value, noEcho, type }) => {
    const text = typeof value === "string" ? value : value.join(",");
    if (noEcho) return { ParameterKey: name, ParameterValue: hiddenValue };
    const isInSsm = type.startsWith("AWS::SSM::Parameter::Value");
    return isInSsm
      ? { ParameterKey: name, ParameterValue: given[name] ?? "", ResolvedValue: text }
      : { ParameterKey: name, ParameterValue: text };
  });
}

export function shownTags({ tags }: StackContent): readonly ServiceMembers[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function shownEvent(event: StackEvent): ServiceMembers {
  return {
    StackId: event.stackId,
    EventId: event.eventId,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    // *Observed*: with milliseconds, by which tools sort what happened in the same second.
    Timestamp: new Date(event.at).toISOString(),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties && JSON.stringify(event.properties),
    ClientRequestToken: event.clientToken,
  };
}

/** `timestamp`: what the time is called, which each operation has otherwise. */
export function shownResource(
  stack: StackRecord,
  resource: ResourceRecord,
  timestamp: "Timestamp" | "LastUpdatedTimestamp",
): ServiceMembers {
  return {
    StackName: stack.name,
    StackId: stack.stackId,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId === "" ? undefined : resource.physicalId,
    ResourceType: resource.type,
    [timestamp]: new Date(resource.updatedAt),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: { StackResourceDriftStatus: resource.drift?.status ?? "NOT_CHECKED" },
    // Ours: nobody has made it, and references to it are made up.
    IsMadeUp: resource.isMadeUp,
  };
}

export function shownChangeSetSummary(record: ChangeSetRecord): ServiceMembers {
  return {
    StackId: record.stackId,
    StackName: record.stackName,
    ChangeSetId: record.changeSetId,
    ChangeSetName: record.name,
    ExecutionStatus: record.executionStatus,
    Status: record.status,
    StatusReason: record.reason,
    CreationTime: new Date(record.createdAt),
    Description: record.description,
    IncludeNestedStacks: false,
  };
}

/** `isWithValues`: with all properties of what is changed. */
export function shownChangeSet(record: ChangeSetRecord, isWithValues: boolean): ServiceMembers {
  const { content } = record;
  return {
    ...shownChangeSetSummary(record),
    ...(content && {
      Parameters: shownParameters(content),
      Tags: shownTags(content),
      Capabilities: content.capabilities,
      NotificationARNs: content.notificationArns,
    }),
    Changes: record.changes.map((change) => ({
      Type: "Resource",
      ResourceChange: { ...shownChange(change), ...(isWithValues && shownContexts(change)) },
    })),
  };
}

export function shownChange(change: PlannedChange): ServiceMembers {
  return {
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    PolicyAction: change.policyAction,
    Scope: change.differences.length > 0 ? ["Properties"] : [],
    Details: change.differences.map((difference) => ({
      Target: {
        Attribute: "Properties",
        Name: difference.name,
        RequiresRecreation: difference.recreation,
        Path: difference.path,
        BeforeValue: difference.before,
        AfterValue: difference.after,
        AttributeChangeType: difference.change,
      },
      Evaluation: difference.isDynamic ? "Dynamic" : "Static",
      ChangeSource: difference.isDynamic ? "ResourceReference" : "DirectModification",
    })),
    // Ours: its type is not made here.
    IsMadeUp: change.isMadeUp,
  };
}

/** *Documented*: what a resource is before and after a change. */
function shownContexts({ properties }: PlannedChange): ServiceMembers {
  const contextOf = (Properties: JsonObject): string => JSON.stringify({ Properties });
  return properties === undefined
    ? {}
    : {
        BeforeContext: contextOf(properties.before),
        AfterContext: contextOf(properties.after),
      };
}

function dateOf(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}
