import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import type { ServiceMembers, ServiceValue } from "../../ports/service-api.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ServiceCalls } from "../service-calls.ts";
import type {
  StackChangeView,
  StackEventView,
  StackOfView,
  StackResourceView,
  StackRow,
  StackView,
} from "../view-types.ts";

/** Stacks as the console shows them: what CloudFormation's API tells whoever looks, and nothing beside it. */
export class StacksDesk {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  async list(request: RequestContext): Promise<readonly StackRow[]> {
    if (!this.#calls.areThere) return [];
    const { Stacks } = await this.#call("DescribeStacks", {}, request);
    return listOf(Stacks)
      .map(rowOf)
      .toSorted((a, b) => b.changedAt - a.changedAt);
  }

  async one(stackId: string, request: RequestContext): Promise<StackView> {
    const named = { StackName: stackId };
    const { Stacks } = await this.#call("DescribeStacks", named, request);
    const [stack = {}] = listOf(Stacks);
    const { StackResources } = await this.#call("DescribeStackResources", named, request);
    const { StackEvents } = await this.#call("DescribeStackEvents", named, request);
    return {
      ...rowOf(stack),
      resources: listOf(StackResources).map(resourceOf),
      outputs: listOf(stack["Outputs"]).map(({ OutputKey, OutputValue }) => ({
        name: text(OutputKey),
        value: text(OutputValue),
      })),
      parameters: listOf(stack["Parameters"]).map(({ ParameterKey, ParameterValue }) => ({
        name: text(ParameterKey),
        value: text(ParameterValue),
      })),
      events: listOf(StackEvents).map(eventOf),
      lastChange: await this.#lastChange(stackId, request),
    };
  }

  /** The stack that has made something of this ARN; empty: none has. */
  async ofResource(arn: string, request: RequestContext): Promise<StackOfView> {
    if (!this.#calls.areThere) return {};
    const { types, ids } = madeAs(arn);
    for (const PhysicalResourceId of ids) {
      const { StackResources } = await this.#call(
        "DescribeStackResources",
        { PhysicalResourceId },
        request,
      ).catch((error: unknown) => {
        // There is no such stack.
        if (error instanceof ApiError && error.code === "ValidationError") {
          return { StackResources: [] };
        }
        throw error;
      });
      const found = listOf(StackResources).find(
        (one) =>
          one["PhysicalResourceId"] === PhysicalResourceId &&
          types.includes(text(one["ResourceType"])),
      );
      if (found !== undefined) {
        return { stackId: text(found["StackId"]), name: text(found["StackName"]) };
      }
    }
    return {};
  }

  /** Finds out what is no longer as the template says, and shows it. */
  async detectDrift(stackId: string, request: RequestContext): Promise<StackView> {
    await this.#call("DetectStackDrift", { StackName: stackId }, request);
    return this.one(stackId, request);
  }

  async #lastChange(
    StackName: string,
    request: RequestContext,
  ): Promise<readonly StackChangeView[]> {
    const { Summaries } = await this.#call("ListChangeSets", { StackName }, request).catch(
      // A stack that is deleted has none.
      () => ({ Summaries: [] }),
    );
    const executed = listOf(Summaries).find(
      ({ ExecutionStatus }) => ExecutionStatus === "EXECUTE_IN_PROGRESS",
    );
    if (executed === undefined) return [];
    const ChangeSetName = text(executed["ChangeSetName"]);
    const { Changes } = await this.#call(
      "DescribeChangeSet",
      { StackName, ChangeSetName, IncludePropertyValues: "true" },
      request,
    );
    return listOf(Changes).map(({ ResourceChange }) => changeOf(ResourceChange as ServiceMembers));
  }

  async #call(
    operation: string,
    members: { readonly [name: string]: string },
    request: RequestContext,
  ): Promise<ServiceMembers> {
    return (
      (await this.#calls.call("cloudformation", operation, { members }, request)).members ?? {}
    );
  }
}

/** What a template calls the kinds of things that have a page here, by the service of their ARNs. */
const typesOfService: { readonly [service: string]: readonly string[] } = {
  states: ["AWS::StepFunctions::StateMachine"],
  lambda: ["AWS::Lambda::Function"],
  scheduler: ["AWS::Scheduler::Schedule"],
  events: ["AWS::Events::Rule", "AWS::Events::Archive"],
  pipes: ["AWS::Pipes::Pipe"],
};

/** What it may be called in its stack: some types go by their ARN there, others by their name, and rules of a bus by both names. */
function madeAs(arn: string): {
  readonly types: readonly string[];
  readonly ids: readonly string[];
} {
  const [, , service = "", , , ...rest] = arn.split(":");
  const [, ...path] = rest.join(":").split(/[:/]/);
  return {
    types: typesOfService[service] ?? [],
    ids: [...new Set([arn, path.join("|"), path.at(-1) ?? ""])],
  };
}

function rowOf(stack: ServiceMembers): StackRow {
  const { LastUpdatedTime, CreationTime, StackStatusReason, Description } = stack;
  return {
    stackId: text(stack["StackId"]),
    name: text(stack["StackName"]),
    status: text(stack["StackStatus"]),
    ...(StackStatusReason !== undefined && { reason: text(StackStatusReason) }),
    ...(Description !== undefined && { description: text(Description) }),
    changedAt: timeOf(LastUpdatedTime ?? CreationTime),
    drift: text((stack["DriftInformation"] as ServiceMembers)["StackDriftStatus"]),
  };
}

function resourceOf(resource: ServiceMembers): StackResourceView {
  const { PhysicalResourceId, ResourceStatusReason, DriftInformation } = resource;
  return {
    logicalId: text(resource["LogicalResourceId"]),
    physicalId: text(PhysicalResourceId),
    type: text(resource["ResourceType"]),
    status: text(resource["ResourceStatus"]),
    ...(ResourceStatusReason !== undefined && { reason: text(ResourceStatusReason) }),
    drift: text((DriftInformation as ServiceMembers)["StackResourceDriftStatus"]),
    isMadeUp: resource["IsMadeUp"] === true,
  };
}

function eventOf(event: ServiceMembers): StackEventView {
  const { ResourceStatusReason } = event;
  return {
    id: text(event["EventId"]),
    at: timeOf(event["Timestamp"]),
    logicalId: text(event["LogicalResourceId"]),
    type: text(event["ResourceType"]),
    status: text(event["ResourceStatus"]),
    ...(ResourceStatusReason !== undefined && { reason: text(ResourceStatusReason) }),
  };
}

function changeOf(change: ServiceMembers): StackChangeView {
  const { BeforeContext, AfterContext } = change;
  const [before, after] = [BeforeContext, AfterContext].map(definitionIn);
  const areBoth = before !== undefined && after !== undefined && before !== after;
  return {
    action: text(change["Action"]),
    logicalId: text(change["LogicalResourceId"]),
    type: text(change["ResourceType"]),
    isReplaced: change["Replacement"] === "True",
    differences: listOf(change["Details"]).map(({ Target }) => {
      const { Path, BeforeValue, AfterValue } = Target as ServiceMembers;
      return {
        path: text(Path).replace(/^\/Properties\//, ""),
        ...(BeforeValue !== undefined && { before: text(BeforeValue) }),
        ...(AfterValue !== undefined && { after: text(AfterValue) }),
      };
    }),
    ...(areBoth && { definitions: { before, after } }),
  };
}

/** The definition of a state machine that a template has itself; functions stand in it for what was not known yet. */
function definitionIn(context: ServiceValue): string | undefined {
  if (typeof context !== "string") return undefined;
  const { Properties } = JSON.parse(context) as { readonly Properties: JsonObject };
  const { DefinitionString: written, Definition: definition } = Properties;
  if (typeof written === "string") return isDefinition(written) ? written : undefined;
  return isJsonObject(definition ?? null) ? JSON.stringify(definition) : undefined;
}

function isDefinition(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text) as JsonValue);
  } catch {
    return false;
  }
}

function listOf(value: ServiceValue): readonly ServiceMembers[] {
  return Array.isArray(value) ? (value as readonly ServiceMembers[]) : [];
}

function text(value: ServiceValue): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function timeOf(value: ServiceValue): number {
  return value instanceof Date ? value.getTime() : Date.parse(text(value));
}
