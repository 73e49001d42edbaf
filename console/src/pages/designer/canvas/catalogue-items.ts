import type {
  ActionCatalogue,
  TaskAction,
  WorkflowRow,
} from "../../../../../src/console/view-types.ts";
import type { Fragment, NewState, QueryLanguage } from "../../../designer/edits/fragment.ts";
import { patterns } from "../../../designer/edits/patterns/patterns.ts";
import { textOf } from "../../../graph/json.ts";
import type { DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import type { CanvasItem } from "./canvas-item.ts";

type Words = DesignerCatalogue["canvas"];

/** The templates of states and the patterns. What their states are called is in the reader's language. */
export function patternItems(text: Words): readonly CanvasItem[] {
  const word = (id: string): string =>
    wordIn(text.words, id) ?? (id in text.patterns ? nameOf(text, id) : id);
  return patterns.map(({ id, group, build }): CanvasItem => {
    const make = (language: QueryLanguage) => build(language, word);
    const first = startOf(make("JSONata"));
    return {
      id: `pattern:${id}`,
      group,
      name: nameOf(text, id),
      detail: pairIn(text.patterns, id)?.[1] ?? "",
      keywords: `${id} ${textOf(first["Type"]) ?? ""}`,
      ...signOf(first),
      build: make,
    };
  });
}

function nameOf(text: Words, id: string): string {
  return pairIn(text.patterns, id)?.[0] ?? id;
}

const wordIn = (words: Readonly<Record<string, string>>, id: string): string | undefined =>
  Object.hasOwn(words, id) ? words[id] : undefined;

const pairIn = (
  pairs: Readonly<Record<string, readonly string[]>>,
  id: string,
): readonly string[] | undefined => (Object.hasOwn(pairs, id) ? pairs[id] : undefined);

function startOf({ StartAt, States }: Fragment): NewState {
  return States[StartAt] ?? {};
}

function signOf(state: NewState): Pick<CanvasItem, "type" | "resource"> {
  const resource = textOf(state["Resource"]);
  return { type: textOf(state["Type"]) ?? "Task", ...(resource && { resource }) };
}

/** Each call of the catalogue with each of its ways to wait. */
export function actionItems(catalogue: ActionCatalogue, text: Words): readonly CanvasItem[] {
  return catalogue.services.flatMap(({ service, title, actions }) =>
    actions.flatMap((action) =>
      Object.entries(action.resources).map(([pattern, resource]): CanvasItem => {
        const wait = waitOf(pattern, text);
        return {
          id: `action:${action.id}:${pattern}`,
          group: "actions",
          name: action.apiName,
          detail: wait === undefined ? title : `${title}, ${wait}`,
          keywords: `${service} ${action.id} .${pattern}`,
          type: "Task",
          resource,
          build: (language) => single(action.apiName, language, taskOf(action, resource, language)),
        };
      }),
    ),
  );
}

function waitOf(pattern: string, text: Words): string | undefined {
  if (pattern === "requestResponse") return undefined;
  return pattern === "waitForTaskToken"
    ? text.callPatterns.waitForTaskToken
    : text.callPatterns.sync;
}

/** The task with what it cannot do without, to be filled in. */
function taskOf({ members = [] }: TaskAction, resource: string, language: QueryLanguage): NewState {
  const isJsonata = language === "JSONata";
  const args: Record<string, string> = {};
  for (const { name, isRequired } of members) if (isRequired === true) args[name] = "";
  const token = resource.endsWith(".waitForTaskToken");
  const payload = members.find(({ name }) =>
    ["Payload", "MessageBody", "Message", "Input"].includes(name),
  );
  if (token && payload !== undefined) {
    delete args[payload.name];
    args[isJsonata ? payload.name : `${payload.name}.$`] = isJsonata
      ? "{% $states.context.Task.Token %}"
      : "$$.Task.Token";
  }
  return { Type: "Task", Resource: resource, [isJsonata ? "Arguments" : "Parameters"]: args };
}

/** Other workflows, as a Task that starts one and waits for its output. */
export function workflowItems(
  rows: readonly Pick<WorkflowRow, "stateMachineArn" | "name" | "type">[],
  own: string | undefined,
  text: Words,
): readonly CanvasItem[] {
  const others = rows.filter(
    ({ stateMachineArn, type }) => stateMachineArn !== own && type === "STANDARD",
  );
  return others.map(({ stateMachineArn: arn, name }) => ({
    id: `workflow:${arn}`,
    group: "workflows",
    name,
    detail: text.startsWorkflow,
    keywords: "workflow",
    type: "Task",
    resource: startResource,
    build: (language) =>
      single(text.startNamed(name), language, {
        Type: "Task",
        Resource: startResource,
        ...(language === "JSONata"
          ? { Arguments: { StateMachineArn: arn, Input: "{% $states.input %}" } }
          : { Parameters: { StateMachineArn: arn, "Input.$": "$" } }),
      }),
  }));
}

/** Waits for the child, and gives its output as JSON. */
const startResource = "arn:aws:states:::states:startExecution.sync:2";

function single(name: string, language: QueryLanguage, state: NewState): Fragment {
  return { QueryLanguage: language, StartAt: name, States: { [name]: { ...state, End: true } } };
}
