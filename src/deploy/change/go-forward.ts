import type { JsonObject } from "../../expression/json.ts";
import type { MadeResources } from "../../template/template.ts";
import { resolveTarget, type StackTarget } from "../target/resolve-target.ts";
import type { ResourceRecord, StackOutput, StackRecord } from "../stacks/stack-record.ts";
import { hiddenValue } from "../stacks/hidden-value.ts";
import { secretHider } from "../stacks/hide-secrets.ts";
import { type ChangeTools, checkCancellation, referencesTo } from "./change-tools.ts";
import { putExports } from "./exports.ts";
import type { HeldStack } from "./held-stack.ts";
import { makeResource } from "./make-resource.ts";
import { sideBySide } from "./side-by-side.ts";

/** Makes and changes all that the template has, in the order of references; what it no longer has is left for the end. */
export async function goForward(held: HeldStack, tools: ChangeTools): Promise<void> {
  const { resolved } = await targetOf(held, tools);
  await sideBySide(
    resolved.resources,
    async (planned) => {
      checkCancellation(held);
      const properties = resolved.propertiesOf(planned.logicalId, madeIn(held));
      await makeResource(held, planned, properties, tools);
    },
    () => held.giveUp(),
  );
  const outputs = outputsOf(resolved, held);
  await putExports(held.record, outputs, tools.store);
  const before = held.record.content.templateId;
  await held.save((record) => arrived(record, held, resolved, outputs));
  if (before !== held.record.content.templateId) await tools.store.deleteTemplate(before);
}

async function targetOf(held: HeldStack, { store }: ChangeTools): Promise<StackTarget> {
  const { target } = held.change;
  return resolveTarget(await store.template(target.templateId), held.record, target);
}

function madeIn(held: HeldStack): MadeResources {
  return (logicalId) => referencesTo(held.record.resources[logicalId], held.record);
}

/** An output has something in it that is not to be shown if a secret is in it, or if it were another without one. */
function outputsOf(resolved: StackTarget["resolved"], held: HeldStack): readonly StackOutput[] {
  const made = madeIn(held);
  const { resources } = held.record;
  const hider = secretHider([held.change.target], resources);
  const outputs = resolved
    .outputs(made)
    .map((output) => (hider.isIn(output.value) ? { ...output, isNoEcho: true as const } : output));
  if (!Object.values(resources).some(({ isNoEcho }) => isNoEcho)) return outputs;
  const masked = resolved.outputs((logicalId) => {
    const references = made(logicalId);
    if (references === undefined || resources[logicalId]?.isNoEcho !== true) return references;
    const hidden = Object.entries(references.attributes).map(([name]) => [name, hiddenValue]);
    return { ...references, attributes: Object.fromEntries(hidden) as JsonObject };
  });
  return outputs.map((output, index) =>
    output.value === masked[index]?.value ? output : { ...output, isNoEcho: true as const },
  );
}

/** The stack is what was asked for; what is left to do is to delete what it was beside that. */
function arrived(
  record: StackRecord,
  { change }: HeldStack,
  resolved: StackTarget["resolved"],
  outputs: readonly StackOutput[],
): StackRecord {
  const planned = new Map(resolved.resources.map((resource) => [resource.logicalId, resource]));
  const resources = Object.fromEntries(
    Object.values(record.resources).flatMap((resource) => {
      const plan = planned.get(resource.logicalId);
      if (plan === undefined) return [];
      const { dependencies, deletionPolicy, updateReplacePolicy } = plan;
      return [
        [resource.logicalId, { ...resource, dependencies, deletionPolicy, updateReplacePolicy }],
      ];
    }),
  );
  const removed = Object.values(record.resources).filter(
    ({ logicalId }) => !planned.has(logicalId),
  );
  const replaced = change.done.flatMap(({ before, isReplaced }): readonly ResourceRecord[] =>
    isReplaced && before !== undefined
      ? [{ ...before, deletionPolicy: before.updateReplacePolicy }]
      : [],
  );
  return {
    ...record,
    resources,
    outputs,
    content: change.target,
    change: { ...change, phase: "cleanUp", leftovers: [...removed, ...replaced] },
  };
}
