import type { Caller } from "../../ports/caller.ts";
import type { AwsCall } from "../aws-calls.ts";
import { actingCaller, callOf, referencesTo, type ChangeTools } from "../change/change-tools.ts";
import { planChange } from "../plan/plan-change.ts";
import { secretHider, type SecretHider } from "../stacks/hide-secrets.ts";
import type {
  ChangeRecord,
  OnFailure,
  PlannedChange,
  StackContent,
  StackRecord,
} from "../stacks/stack-record.ts";
import { isInProgress, isUpdatable, type StackStatus } from "../stacks/stack-status.ts";
import type { Stored } from "../stacks/stack-store.ts";
import { resolveTarget, type StackTarget } from "../target/resolve-target.ts";
import type { ChangeRunner } from "./change-runner.ts";
import {
  contentOf,
  missingCapability,
  saysTheSame,
  templateErrors,
  type PreparedContent,
  type WantedStack,
} from "./content-of.ts";
import { stackErrors } from "./stack-errors.ts";

/** What a change is asked for with, beside what the stack is to be. */
export interface ChangeRequest {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly clientToken?: string | undefined;
  readonly onFailure?: OnFailure | undefined;
}

/** Stacks as CloudFormation's API and the console ask for them. */
export class StackDesk {
  readonly tools: ChangeTools;
  readonly runner: ChangeRunner;

  constructor(tools: ChangeTools, runner: ChangeRunner) {
    this.tools = tools;
    this.runner = runner;
  }

  /** The stack of a name or an ARN; by its ARN also one that is deleted. */
  async find(region: string, nameOrId: string): Promise<StackRecord> {
    const stored = await this.stored(region, nameOrId);
    if (stored !== undefined) return stored.value;
    const deleted = nameOrId.startsWith("arn:")
      ? await this.tools.store.deletedStack(nameOrId)
      : undefined;
    if (deleted === undefined) throw stackErrors.noSuch(nameOrId);
    return deleted;
  }

  async stored(region: string, nameOrId: string): Promise<Stored<StackRecord> | undefined> {
    const name = nameOrId.startsWith("arn:") ? (nameOrId.split("/")[1] ?? "") : nameOrId;
    const stored = await this.tools.store.stack(region, name);
    const isAnother = nameOrId.startsWith("arn:") && stored?.value.stackId !== nameOrId;
    return isAnother ? undefined : stored;
  }

  /** Begins to make a stack. */
  async create(
    name: string,
    wanted: WantedStack,
    request: ChangeRequest & {
      readonly parent?: StackRecord;
      readonly isProtected?: boolean;
    },
  ): Promise<string> {
    const { region } = request.caller;
    const present = await this.tools.store.stack(region, name);
    if (present !== undefined) throw stackErrors.exists(name);
    const stackId = this.newStackId(name, request.caller);
    const prepared = await this.prepare(wanted, { stackId, name, region }, request);
    this.#checkCapabilities(prepared, { isChangeSet: request.parent !== undefined });
    await this.tools.store.putTemplate(prepared.content.templateId, wanted.template);
    const stack = this.newStack(stackId, name, prepared.content, request);
    await this.begin({ value: stack, version: 0 }, "create", prepared.content, request);
    return stackId;
  }

  newStackId(name: string, { partition, region, accountId }: Caller): string {
    return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${this.tools.ids.uuid()}`;
  }

  newStack(
    stackId: string,
    name: string,
    content: StackContent,
    request: {
      readonly caller: Caller;
      readonly parent?: StackRecord;
      readonly isProtected?: boolean;
    },
  ): StackRecord {
    const { parent, isProtected = false, caller } = request;
    return {
      stackId,
      name,
      region: caller.region,
      createdAt: this.tools.clock.now(),
      status: "REVIEW_IN_PROGRESS",
      content,
      resources: {},
      outputs: [],
      isProtected,
      generation: 0,
      ...(parent && { parentId: parent.stackId, rootId: parent.rootId ?? parent.stackId }),
    };
  }

  /** Begins to change a stack. Throws `No updates are to be performed.` where nothing is to be done. */
  async update(nameOrId: string, wanted: WantedStack, request: ChangeRequest): Promise<string> {
    const stored = await this.updatable(nameOrId, request.caller);
    const { stackId, name, region } = stored.value;
    const prepared = await this.prepare(wanted, { stackId, name, region }, request);
    this.#checkCapabilities(prepared, { isChangeSet: false });
    const { isNothing } = await this.plan(stored.value, prepared);
    if (isNothing) throw stackErrors.noUpdates();
    await this.tools.store.putTemplate(prepared.content.templateId, wanted.template);
    await this.begin(stored, "update", prepared.content, request);
    return stackId;
  }

  async updatable(nameOrId: string, { region }: Caller): Promise<Stored<StackRecord>> {
    const stored = await this.stored(region, nameOrId);
    if (stored === undefined) throw stackErrors.noStack(nameOrId);
    const { stackId, status } = stored.value;
    if (!isUpdatable(status)) throw stackErrors.wrongStatus(stackId, status, "updated");
    return stored;
  }

  /** Begins to delete a stack. One that is not there is deleted. */
  async delete(
    nameOrId: string,
    request: ChangeRequest & { readonly retained?: readonly string[]; readonly roleArn?: string },
  ): Promise<void> {
    const stored = await this.stored(request.caller.region, nameOrId);
    if (stored === undefined) return;
    const { name, isProtected, status, stackId, content } = stored.value;
    if (isProtected) throw stackErrors.isProtected(name);
    if (status === "DELETE_IN_PROGRESS") return;
    if (isInProgress(status)) throw stackErrors.wrongStatus(stackId, status, "deleted");
    const target = { ...content, ...(request.roleArn && { roleArn: request.roleArn }) };
    await this.begin(stored, "delete", target, request);
  }

  /** *Documented*: gives up a change, which is then undone. */
  async cancelUpdate(nameOrId: string, { region }: Caller): Promise<void> {
    for (;;) {
      const stored = await this.stored(region, nameOrId);
      if (stored === undefined) throw stackErrors.noStack(nameOrId);
      const { value, version } = stored;
      if (value.status !== "UPDATE_IN_PROGRESS" || value.change === undefined) {
        throw stackErrors.validation(
          `CancelUpdateStack cannot be called from current stack status ${value.status}`,
        );
      }
      const change: ChangeRecord = { ...value.change, isCancelled: true };
      if (await this.tools.store.put({ ...value, change }, version)) return;
    }
  }

  /** Goes on with a rollback that has failed, without the resources that are skipped. */
  async continueRollback(
    nameOrId: string,
    { caller }: ChangeRequest,
    skipped: readonly string[],
  ): Promise<void> {
    const stored = await this.stored(caller.region, nameOrId);
    if (stored === undefined) throw stackErrors.noStack(nameOrId);
    const { value, version } = stored;
    const { change, status, region, name, stackId } = value;
    if (status !== "UPDATE_ROLLBACK_FAILED" || change === undefined) {
      throw stackErrors.validation(
        `Stack:${stackId} is in ${status} state and can not continue update rollback.`,
      );
    }
    const next: StackRecord = {
      ...value,
      status: "UPDATE_ROLLBACK_IN_PROGRESS",
      change: { ...change, caller, skipped, holder: undefined },
    };
    if (!(await this.tools.store.put(next, version))) throw stackErrors.raced(name);
    this.runner.begin(region, name);
  }

  /** What a template comes to as this stack. */
  async prepare(
    wanted: WantedStack,
    stack: { readonly stackId: string; readonly name: string; readonly region: string },
    { caller, signal }: ChangeRequest,
  ): Promise<PreparedContent> {
    const call: AwsCall = callOf(this.tools, caller, signal);
    const templateUuid = this.tools.ids.uuid();
    return contentOf(wanted, stack, { store: this.tools.store, call, templateUuid });
  }

  /** What a change would do. */
  async plan(
    stack: StackRecord,
    { target, content }: PreparedContent,
  ): Promise<{ readonly changes: readonly PlannedChange[]; readonly isNothing: boolean }> {
    const changes = templateErrors(() =>
      planChange(target.resolved, stack.resources, {
        find: this.tools.find,
        isOff: (service) => this.tools.services.services.isOff(service),
        made: (logicalId) => referencesTo(stack.resources[logicalId], stack),
      }),
    );
    const isNothing =
      changes.length === 0 &&
      stack.status !== "REVIEW_IN_PROGRESS" &&
      stack.status !== "CREATE_FAILED" &&
      stack.status !== "UPDATE_FAILED" &&
      sameTags(stack.content, content) &&
      saysTheSame(await this.#targetOf(stack), target);
    const hider = secretHider([stack.content, content], stack.resources);
    return { changes: changes.map((change) => hidden(change, hider)), isNothing };
  }

  async templateOf(stack: StackRecord): Promise<string> {
    return this.tools.store.template(stack.content.templateId);
  }

  /** Stores the change, and begins with it. */
  async begin(
    stored: Stored<StackRecord>,
    kind: ChangeRecord["kind"],
    target: StackContent,
    request: ChangeRequest & { readonly retained?: readonly string[] },
  ): Promise<void> {
    const { value, version } = stored;
    const { caller, clientToken, onFailure = "ROLLBACK", retained = [] } = request;
    const { region, name, stackId } = value;
    const now = this.tools.clock.now();
    const status: StackStatus = `${statusVerbs[kind]}_IN_PROGRESS`;
    const change: ChangeRecord = {
      kind,
      phase: "forward",
      // Whoever asked has gone when a change goes on: where he was is no part of what he may.
      caller: { ...callerForLater(caller) },
      clientToken,
      target,
      done: [],
      leftovers: [],
      onFailure,
      skipped: retained,
    };
    const begun: StackRecord = {
      ...value,
      status,
      reason: undefined,
      change,
      generation: value.generation + 1,
      ...(kind === "update" && { updatedAt: now }),
    };
    if (!(await this.tools.store.put(begun, version))) throw stackErrors.raced(name);
    await this.tools.store.putEvent({
      stackId,
      stackName: name,
      logicalId: name,
      physicalId: stackId,
      type: "AWS::CloudFormation::Stack",
      at: now,
      status,
      reason: "User Initiated",
      clientToken,
    });
    this.runner.begin(region, name);
  }

  /** The role that a stack's services are asked in, or the caller. */
  callAs(stack: StackRecord, { caller, signal }: ChangeRequest): AwsCall {
    return callOf(this.tools, actingCaller(stack, caller, stack.content.roleArn), signal);
  }

  #checkCapabilities(
    { target, content }: PreparedContent,
    kind: { readonly isChangeSet: boolean },
  ): void {
    const missing = missingCapability(target, content.capabilities, kind);
    if (missing !== undefined) throw stackErrors.capabilities(missing);
  }

  async #targetOf(stack: StackRecord): Promise<StackTarget> {
    return resolveTarget(await this.templateOf(stack), stack, stack.content);
  }
}

const statusVerbs = { create: "CREATE", update: "UPDATE", delete: "DELETE" } as const;

function callerForLater({ partition, region, accountId, principal }: Caller): Caller {
  return { partition, region, accountId, principal };
}

function sameTags(before: StackContent, after: StackContent): boolean {
  const shown = ({ tags }: StackContent) =>
    JSON.stringify(Object.entries(tags).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return shown(before) === shown(after);
}

/** A planned change as it may be shown. */
function hidden(change: PlannedChange, hider: SecretHider): PlannedChange {
  const { properties } = change;
  return {
    ...change,
    ...(properties && {
      properties: { before: hider.value(properties.before), after: hider.value(properties.after) },
    }),
    ...(change.properties && {
      properties: {
        before: hider.value(change.properties.before),
        after: hider.value(change.properties.after),
      },
    }),
    differences: change.differences.map((difference) => ({
      ...difference,
      ...(difference.before !== undefined && { before: hider.text(difference.before) }),
      ...(difference.after !== undefined && { after: hider.text(difference.after) }),
    })),
  };
}
