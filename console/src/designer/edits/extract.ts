import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { layoutOf } from "../document/layout.ts";
import type { NewValue } from "../document/new-value.ts";
import { flowNotationOf } from "../document/edit-document.ts";
import { printFlow } from "../document/print-flow.ts";
import { blockPrinter } from "../document/yaml/print-block.ts";
import { edited } from "./draft.ts";
import { isRefused, type Edited, type OpenEnd, type Refused } from "./edit-result.ts";
import { statesWithin, type GraphIndex, type StateEntry } from "./graph-index.ts";
import { freeName } from "./names.ts";
import { assignedIn } from "./open-ends.ts";
import { runOf } from "./run.ts";
import { languageOf } from "./spot.ts";
import { liftRun, transition } from "./wrap.ts";

export interface Extracted extends Edited {
  /** The text of the child's definition, in the notation and layout of the document. */
  readonly child: string;
}

/**
 * Makes a workflow of its own of a connected run, and puts a Task in its place that starts it and waits for its output.
 *
 * Variables do not reach a child: those that the run reads, or that others read of it, are told.
 */
export function extractStates(
  document: DefinitionDocument,
  keys: readonly NodeKey[],
  task: { readonly name: string; readonly stateMachineArn: string },
): Extracted | Refused {
  let child = "";
  const result = edited(document, (draft) => {
    const { index } = draft;
    const run = runOf(index, keys, { areCatchersExits: true });
    const language = languageOf(index);
    const name = freeName(task.name, index.names);
    const open = variablesBetween(index, run.states, `${run.scope.key}/${name}`);
    liftRun(draft, run, name, (states) => {
      child = printed(document, {
        ...(language === "JSONata" && { QueryLanguage: language }),
        StartAt: run.entry.name,
        States: states,
      });
      return {
        [name]: { ...startTask(language, task.stateMachineArn), ...transition(run.exit ?? "end") },
      };
    });
    return { select: [[...run.scope.path, "States", name]], open };
  });
  return isRefused(result) ? result : { ...result, child };
}

function startTask(language: "JSONPath" | "JSONata", arn: string) {
  const task = { Type: "Task", Resource: "arn:aws:states:::states:startExecution.sync:2" };
  // `sync:2` gives the output as JSON, beside what describes the execution.
  return language === "JSONata"
    ? {
        ...task,
        Arguments: { StateMachineArn: arn, Input: "{% $states.input %}" },
        Output: "{% $states.result.Output %}",
      }
    : {
        ...task,
        Parameters: { StateMachineArn: arn, "Input.$": "$" },
        OutputPath: "$.Output",
      };
}

function printed(document: DefinitionDocument, definition: NewValue): string {
  const layout = layoutOf(document);
  if (document.format === "yaml" && document.root?.isFlow !== true) {
    return blockPrinter(layout).value(definition, "") + layout.eol;
  }
  const mode = layout.isMultiline ? "lines" : "inline";
  const notation = flowNotationOf(document);
  return printFlow(definition, { layout, notation, indent: "", mode }) + layout.eol;
}

/** Variables that one side assigns and the other reads. */
function variablesBetween(
  index: GraphIndex,
  states: readonly StateEntry[],
  key: NodeKey,
): readonly OpenEnd[] {
  const inside = new Set(states.flatMap((state) => [state, ...statesWithin(state)]));
  const outside = [...index.states.values()].filter((state) => !inside.has(state));
  const assigned = (side: Iterable<StateEntry>): ReadonlySet<string> =>
    new Set([...side].flatMap((state) => [...assignedIn(state)]));
  const [within, around] = [assigned(inside), assigned(outside)];
  const crossing = [
    ...[...around].filter((name) => !within.has(name) && reads(inside, name)),
    ...[...within].filter((name) => reads(outside, name)),
  ];
  return [...new Set(crossing)].map((name) => ({ code: "variableOutside", key, name }));
}

function reads(states: Iterable<StateEntry>, name: string): boolean {
  const holders = new Set(["Branches", "ItemProcessor", "Iterator"]);
  for (const { fields } of states) {
    const own = Object.entries(fields).filter(([field]) => !holders.has(field));
    if (own.flatMap(([, value]) => textsIn(value)).some((text) => names(text, name))) return true;
  }
  return false;
}

/** Whether an expression has the variable, and not one whose name only begins alike. */
function names(text: string, name: string): boolean {
  const behind = text.split(`$${name}`).slice(1);
  return behind.some((rest) => !/^[\p{ID_Continue}$]/u.test(rest));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
