import { textOf, textsOf } from "../../aws-services/members.ts";
import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import type { StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import { hiddenValue } from "../stacks/hidden-value.ts";
import { resolveTarget } from "../target/resolve-target.ts";
import type { StackRecord } from "../stacks/stack-record.ts";
import { shownEvent, shownResource, shownStack, shownSummary } from "./shown-stack.ts";
import { requiredMember, stackOperation } from "./stack-operation.ts";

/** Our choices: what an answer has at most. AWS has a megabyte. */
const pageEvents = 100;
const mostStacks = 1_000;

/** What tells of stacks. */
export function readOperations(desk: StackDesk): { readonly [name: string]: ServiceOperation } {
  const { store } = desk.tools;

  /** *Documented*: a stack may be named by what is in it. */
  async function stackOf(region: string, physicalId: string): Promise<StackRecord> {
    for await (const stack of store.stacks(region)) {
      const isOurs = Object.values(stack.resources).some((one) => one.physicalId === physicalId);
      if (isOurs) return stack;
    }
    throw stackErrors.validation(`Stack for ${physicalId} does not exist`);
  }

  return {
    DescribeStacks: stackOperation(
      "DescribeStacks",
      async (members, { caller }) => {
        const name = textOf(members, "StackName");
        if (name !== undefined)
          return { Stacks: [shownStack(await desk.find(caller.region, name))] };
        const Stacks: ServiceMembers[] = [];
        for await (const stack of store.stacks(caller.region)) {
          if (Stacks.length < mostStacks) Stacks.push(shownStack(stack));
        }
        return { Stacks };
      },
      { isOfAll: true },
    ),

    ListStacks: stackOperation(
      "ListStacks",
      async (members, { caller }) => {
        const wanted = new Set(textsOf(members, "StackStatusFilter"));
        const StackSummaries: ServiceMembers[] = [];
        for (const all of [store.stacks(caller.region), store.deletedStacks(caller.region)]) {
          for await (const stack of all) {
            const isWanted = wanted.size === 0 || wanted.has(stack.status);
            if (isWanted && StackSummaries.length < mostStacks) {
              StackSummaries.push(shownSummary(stack));
            }
          }
        }
        return { StackSummaries };
      },
      { isOfAll: true },
    ),

    DescribeStackEvents: stackOperation("DescribeStackEvents", async (members, { caller }) => {
      const name = requiredMember(members, "StackName");
      const { stackId } = await desk.find(caller.region, name);
      const { events, next } = await store.events(stackId, {
        limit: pageEvents,
        after: textOf(members, "NextToken"),
      });
      return { StackEvents: events.map(shownEvent), NextToken: next };
    }),

    DescribeStackResources: stackOperation(
      "DescribeStackResources",
      async (members, { caller }) => {
        const physicalId = textOf(members, "PhysicalResourceId");
        const stack =
          physicalId === undefined
            ? await desk.find(caller.region, requiredMember(members, "StackName"))
            : await stackOf(caller.region, physicalId);
        const wanted = textOf(members, "LogicalResourceId");
        const resources = Object.values(stack.resources).filter(
          ({ logicalId }) => wanted === undefined || logicalId === wanted,
        );
        return {
          StackResources: resources.map((one) => shownResource(stack, one, "Timestamp")),
        };
      },
      { isOfAll: true },
    ),

    DescribeStackResource: stackOperation("DescribeStackResource", async (members, { caller }) => {
      const stack = await desk.find(caller.region, requiredMember(members, "StackName"));
      const logicalId = requiredMember(members, "LogicalResourceId");
      const resource = stack.resources[logicalId];
      if (resource === undefined) {
        throw stackErrors.validation(
          `Resource ${logicalId} does not exist for stack ${stack.name}`,
        );
      }
      return { StackResourceDetail: shownResource(stack, resource, "LastUpdatedTimestamp") };
    }),

    ListStackResources: stackOperation("ListStackResources", async (members, { caller }) => {
      const stack = await desk.find(caller.region, requiredMember(members, "StackName"));
      return {
        StackResourceSummaries: Object.values(stack.resources).map((resource) =>
          shownResource(stack, resource, "LastUpdatedTimestamp"),
        ),
      };
    }),

    GetTemplate: stackOperation("GetTemplate", async (members, { caller }) => {
      const stack = await desk.find(caller.region, requiredMember(members, "StackName"));
      const changeSet = textOf(members, "ChangeSetName");
      const found =
        changeSet === undefined ? undefined : await store.changeSet(stack.stackId, changeSet);
      const content = found?.value.content ?? stack.content;
      const text = await store.template(content.templateId);
      const isProcessed = textOf(members, "TemplateStage") === "Processed";
      return {
        TemplateBody: isProcessed
          ? JSON.stringify(resolveTarget(text, stack, content).expanded.sections, null, 2)
          : text,
        StagesAvailable: ["Original", "Processed"],
      };
    }),

    ListExports: stackOperation(
      "ListExports",
      async (_members, { caller }) => {
        const Exports: ServiceMembers[] = [];
        for await (const { name, value, stackId, isNoEcho } of store.exports(caller.region)) {
          const Value = isNoEcho === true ? hiddenValue : value;
          Exports.push({ ExportingStackId: stackId, Name: name, Value });
        }
        return { Exports };
      },
      { isOfAll: true },
    ),

    ListImports: stackOperation(
      "ListImports",
      async (members, { caller }) => {
        const name = requiredMember(members, "ExportName");
        const Imports: string[] = [];
        for await (const stack of store.stacks(caller.region)) {
          if (Object.hasOwn(stack.content.imports, name)) Imports.push(stack.name);
        }
        if (Imports.length > 0) return { Imports };
        throw stackErrors.validation(`Export '${name}' is not imported by any stack.`);
      },
      { isOfAll: true },
    ),
  };
}
