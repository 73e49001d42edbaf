import type { JsonObject } from "../../expression/json.ts";
import { flagOf, textOf } from "../../aws-services/members.ts";
import type { ServiceOperation } from "../../ports/service-api.ts";
import { missingCapability, type PreparedContent } from "../desk/content-of.ts";
import type { ChangeRequest, StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import type { ChangeSetRecord, StackRecord } from "../stacks/stack-record.ts";
import { isUpdatable } from "../stacks/stack-status.ts";
import { type Stored, uuidOf } from "../stacks/stack-store.ts";
import { shownChangeSet, shownChangeSetSummary } from "./shown-stack.ts";
import { checkedName, requiredMember, stackOperation } from "./stack-operation.ts";
import { onFailureOf, refuseImport, wantedStack } from "./wanted-stack.ts";

/** *Observed*: the reason that tools look for. */
const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** Changes that are thought out first and performed later. */
export function changeSetOperations(desk: StackDesk): {
  readonly [name: string]: ServiceOperation;
} {
  const { store, clock } = desk.tools;

  async function create(members: JsonObject, request: ChangeRequest): Promise<ChangeSetRecord> {
    const name = checkedName(requiredMember(members, "ChangeSetName"), "changeSetName");
    const { stored, type } = await stackFor(members, request);
    const stack = stored.value;
    if ((await store.changeSet(stack.stackId, name)) !== undefined) {
      throw stackErrors.changeSetExists(name);
    }
    const present = type === "UPDATE" ? stack : undefined;
    const wanted = await wantedStack(members, request, { desk, present });
    const prepared = await desk.prepare(wanted, stack, request);
    const missing = missingCapability(prepared.target, wanted.capabilities, { isChangeSet: true });
    if (missing !== undefined) throw stackErrors.capabilities(missing);
    await store.putTemplate(prepared.content.templateId, wanted.template);
    if (stored.version === 0) {
      const review = { ...stack, content: prepared.content };
      if (!(await store.put(review, 0))) throw stackErrors.raced(stack.name);
      await noteReview(review);
    }
    const record = await thoughtOut(stack, name, type, prepared, members);
    await store.putChangeSet(record, 0);
    return record;
  }

  async function thoughtOut(
    stack: StackRecord,
    name: string,
    type: "CREATE" | "UPDATE",
    prepared: PreparedContent,
    members: JsonObject,
  ): Promise<ChangeSetRecord> {
    const { changes, isNothing } = await desk.plan(stack, prepared);
    return {
      changeSetId: changeSetArn(stack, name),
      name,
      stackId: stack.stackId,
      stackName: stack.name,
      type,
      createdAt: clock.now(),
      description: textOf(members, "Description"),
      status: isNothing ? "FAILED" : "CREATE_COMPLETE",
      executionStatus: isNothing ? "UNAVAILABLE" : "AVAILABLE",
      reason: isNothing ? noChanges : undefined,
      content: prepared.content,
      changes,
      onFailure: onFailureOf(members),
    };
  }

  /** The stack that is to be changed, or one that is to be made and has nothing yet. */
  async function stackFor(
    members: JsonObject,
    { caller }: ChangeRequest,
  ): Promise<{ readonly stored: Stored<StackRecord>; readonly type: "CREATE" | "UPDATE" }> {
    const nameOrId = requiredMember(members, "StackName");
    const wantedType = textOf(members, "ChangeSetType") ?? "UPDATE";
    const present = await desk.stored(caller.region, nameOrId);
    const isReviewed = present?.value.status === "REVIEW_IN_PROGRESS";
    if (wantedType === "UPDATE" || (wantedType === "CREATE" && present && isReviewed)) {
      if (present === undefined) throw stackErrors.noStack(nameOrId);
      const { status, stackId } = present.value;
      if (wantedType === "CREATE") return { stored: present, type: "CREATE" };
      if (!isUpdatable(status)) throw stackErrors.wrongStatus(stackId, status, "updated");
      return { stored: present, type: "UPDATE" };
    }
    refuseImport(members);
    if (wantedType !== "CREATE") {
      throw stackErrors.validation(`Stepwell takes no change sets of the type ${wantedType}`);
    }
    if (present !== undefined) throw stackErrors.exists(nameOrId);
    const name = checkedName(nameOrId, "stackName");
    const stackId = desk.newStackId(name, caller);
    const value = desk.newStack(stackId, name, noContent, { caller });
    return { stored: { value, version: 0 }, type: "CREATE" };
  }

  async function find(
    members: JsonObject,
    { caller }: ChangeRequest,
  ): Promise<Stored<ChangeSetRecord> & { readonly stack: Stored<StackRecord> }> {
    const nameOrId = requiredMember(members, "ChangeSetName");
    const [, byArn, uuid] = /^arn:.*:changeSet\/([^/]+)\/(.+)$/.exec(nameOrId) ?? [];
    const stackName = textOf(members, "StackName") ?? (await stackOfUuid(caller.region, uuid));
    if (stackName === undefined) throw stackErrors.noChangeSet(nameOrId);
    const stack = await desk.stored(caller.region, stackName);
    if (stack === undefined) throw stackErrors.noStack(stackName);
    const found = await store.changeSet(stack.value.stackId, byArn ?? nameOrId);
    if (found === undefined) throw stackErrors.noChangeSet(nameOrId);
    return { ...found, stack };
  }

  async function stackOfUuid(
    region: string,
    uuid: string | undefined,
  ): Promise<string | undefined> {
    if (uuid === undefined) return undefined;
    for await (const { stackId, name } of store.stacks(region)) {
      if (uuidOf(stackId) === uuid) return name;
    }
    return undefined;
  }

  /** *Documented*: what was thought out for the stack as it was before goes with the change. */
  async function forgetOthers({ stackId, name }: ChangeSetRecord): Promise<void> {
    for await (const other of store.changeSets(stackId)) {
      if (other.name !== name) await forget(other);
    }
  }

  async function forget({ stackId, name, content, executionStatus }: ChangeSetRecord) {
    await store.deleteChangeSet(stackId, name);
    const isOfStack = executionStatus === "EXECUTE_IN_PROGRESS";
    if (content !== undefined && !isOfStack) await store.deleteTemplate(content.templateId);
  }

  async function noteReview({ stackId, name }: StackRecord): Promise<void> {
    await store.putEvent({
      stackId,
      stackName: name,
      logicalId: name,
      physicalId: stackId,
      type: "AWS::CloudFormation::Stack",
      at: clock.now(),
      status: "REVIEW_IN_PROGRESS",
      reason: "User Initiated",
    });
  }

  return {
    CreateChangeSet: stackOperation("CreateChangeSet", async (members, request) => {
      const { changeSetId, stackId } = await create(members, request);
      return { Id: changeSetId, StackId: stackId };
    }),

    DescribeChangeSet: stackOperation("DescribeChangeSet", async (members, request) =>
      shownChangeSet(
        (await find(members, request)).value,
        flagOf(members, "IncludePropertyValues"),
      ),
    ),

    ExecuteChangeSet: stackOperation("ExecuteChangeSet", async (members, request) => {
      const { value: record, version, stack } = await find(members, request);
      const { content, type, executionStatus, name } = record;
      if (content === undefined || executionStatus !== "AVAILABLE") {
        throw stackErrors.changeSetStatus(name, record.status);
      }
      const onFailure = flagOf(members, "DisableRollback") ? "DO_NOTHING" : record.onFailure;
      const executed: ChangeSetRecord = { ...record, executionStatus: "EXECUTE_IN_PROGRESS" };
      if (!(await store.putChangeSet(executed, version))) throw stackErrors.raced(name);
      const kind = type === "CREATE" ? "create" : "update";
      const reviewed = type === "CREATE" ? { ...stack.value, content } : stack.value;
      const begun = { ...stack, value: reviewed };
      await desk.begin(begun, kind, content, { ...request, onFailure });
      await forgetOthers(record);
      return {};
    }),

    DeleteChangeSet: stackOperation("DeleteChangeSet", async (members, request) => {
      try {
        await forget((await find(members, request)).value);
      } catch (error) {
        // *Documented*: what is gone already is deleted.
        if ((error as { readonly code?: unknown }).code !== "ChangeSetNotFound") throw error;
      }
      return {};
    }),

    ListChangeSets: stackOperation("ListChangeSets", async (members, { caller }) => {
      const name = requiredMember(members, "StackName");
      const stack = await desk.stored(caller.region, name);
      if (stack === undefined) throw stackErrors.noStack(name);
      const Summaries = [];
      for await (const record of store.changeSets(stack.value.stackId)) {
        Summaries.push(shownChangeSetSummary(record));
      }
      return { Summaries };
    }),
  };
}

const noContent: StackRecord["content"] = {
  templateId: "",
  given: {},
  ssmParameters: {},
  imports: {},
  parameters: [],
  tags: {},
  capabilities: [],
  notificationArns: [],
};

function changeSetArn({ stackId }: StackRecord, name: string): string {
  const [prefix = ""] = stackId.split(":stack/");
  return `${prefix}:changeSet/${name}/${uuidOf(stackId)}`;
}
