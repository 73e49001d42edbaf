import { waitFor } from "../change/change-tools.ts";
import type { NestedStacks } from "../providers/provider.ts";
import { isInProgress, isSuccess } from "../stacks/stack-status.ts";
import type { StackRecord } from "../stacks/stack-record.ts";
import type { Caller } from "../../ports/caller.ts";
import { ServiceError } from "../../ports/service-api.ts";
import type { StackDesk } from "./stack-desk.ts";
import type { WantedStack } from "./content-of.ts";

/** *Documented*: how deep stacks may be in each other. Our choice of the number: AWS has none but its quotas. */
const deepest = 10;
/** How often a stack is looked at that another process changes. Our choice. */
const lookMs = 500;

/** Stacks as resources of `parent`, made as whoever makes that one. */
export function nestedStacks(desk: StackDesk, parent: StackRecord, caller: Caller): NestedStacks {
  const { signal } = new AbortController();
  const request = { caller, signal };

  async function settled(stackId: string): Promise<StackRecord> {
    for (;;) {
      await desk.runner.ended(stackId);
      const stack = await desk.find(parent.region, stackId);
      if (!isInProgress(stack.status)) return stack;
      await waitFor(desk.tools.clock, lookMs, signal);
    }
  }

  async function begin(name: string, wanted: WantedStack): Promise<string> {
    const present = await desk.stored(parent.region, name);
    if (present === undefined) return desk.create(name, wanted, { ...request, parent });
    const { stackId, status } = present.value;
    // A process that has ended since began with it.
    if (isInProgress(status)) return stackId;
    try {
      await desk.update(name, wanted, request);
    } catch (error) {
      const isDone = error instanceof ServiceError && error.message.startsWith("No updates");
      if (!isDone) throw error;
    }
    return stackId;
  }

  return {
    async deploy({ name, template, parameters, tags }) {
      if ((await depthOf(parent, desk)) >= deepest) {
        throw new Error(`Stacks may be at most ${deepest} deep in each other`);
      }
      const wanted: WantedStack = {
        template,
        given: parameters,
        tags,
        capabilities: parent.change?.target.capabilities ?? parent.content.capabilities,
        notificationArns: [],
      };
      const stackId = await begin(name, wanted);
      const { status, reason = "", outputs } = await settled(stackId);
      if (!isSuccess(status)) {
        throw new Error(
          `Embedded stack ${stackId} was not successfully changed (${status}): ${reason}`,
        );
      }
      return {
        stackId,
        outputs: Object.fromEntries(outputs.map((output) => [output.name, output.value])),
        isNoEcho: outputs.some((output) => output.isNoEcho),
      };
    },
    async delete(stackId) {
      await desk.delete(stackId, request);
      if ((await desk.stored(parent.region, stackId)) === undefined) return;
      const { status, reason = "" } = await settled(stackId);
      if (status !== "DELETE_COMPLETE") {
        throw new Error(`Embedded stack ${stackId} was not successfully deleted: ${reason}`);
      }
    },
  };
}

async function depthOf(stack: StackRecord, desk: StackDesk): Promise<number> {
  let depth = 0;
  let parentId = stack.parentId;
  while (parentId !== undefined && depth < deepest) {
    depth++;
    parentId = (await desk.find(stack.region, parentId)).parentId;
  }
  return depth;
}
