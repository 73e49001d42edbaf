import type {
  ActionCatalogue,
  ActionPattern,
  ActionService,
  TaskAction,
} from "../../../../../../src/console/view-types.ts";

/** What a Task calls, as far as its `Resource` says. */
export interface CalledAction {
  /** As in the catalogue, or `aws-sdk:SERVICE:action`. */
  readonly id: string;
  readonly pattern: ActionPattern | undefined;
  /** Patterns that the action has. */
  readonly patterns: readonly ActionPattern[];
  /** Absent: the catalogue does not have it. */
  readonly action?: TaskAction;
  readonly service?: ActionService;
}

const sdkResource = /^arn:[\w-]+:states:::(aws-sdk:\w+:\w+)(?:\.(waitForTaskToken))?$/;
const allPatterns: readonly ActionPattern[] = [
  "requestResponse",
  "sync",
  "sync:2",
  "waitForTaskToken",
];

export function calledAction(
  resource: string,
  catalogue: ActionCatalogue,
): CalledAction | undefined {
  for (const service of catalogue.services) {
    for (const action of service.actions) {
      const pattern = allPatterns.find((each) => action.resources[each] === resource);
      if (pattern !== undefined || callsItself(action, resource)) {
        return { id: action.id, pattern, patterns: patternsOf(action), action, service };
      }
    }
  }
  const [, id, token] = sdkResource.exec(resource) ?? [];
  if (id === undefined) return undefined;
  const pattern = token === undefined ? "requestResponse" : "waitForTaskToken";
  return { id, pattern, patterns: ["requestResponse", "waitForTaskToken"] };
}

/** `Resource` is the ARN of the function or activity itself. */
function callsItself(action: TaskAction, resource: string): boolean {
  if (Object.keys(action.resources).length > 0) return false;
  return new RegExp(`^arn:[\\w-]+:\\w+:[^:]*:[^:]*:${action.picks ?? "-"}:`).test(resource);
}

function patternsOf(action: TaskAction): readonly ActionPattern[] {
  return allPatterns.filter((each) => action.resources[each] !== undefined);
}

/**
 * The `Resource` of an action by its id, or of an ARN as it is. The pattern is kept if the action has it. `undefined`: there is none, or
 * what is called has to be picked.
 */
export function resourceOf(
  id: string,
  catalogue: ActionCatalogue,
  wanted: ActionPattern = "requestResponse",
): string | undefined {
  if (id.startsWith("arn:")) return id;
  if (/^aws-sdk:\w+:\w+$/.test(id)) {
    const ending = wanted === "waitForTaskToken" ? `.${wanted}` : "";
    return `arn:aws:states:::${id}${ending}`;
  }
  const action = catalogue.services
    .flatMap(({ actions }) => actions)
    .find((each) => each.id === id);
  if (action === undefined) return undefined;
  return action.resources[wanted] ?? action.resources[patternsOf(action)[0] ?? "requestResponse"];
}
