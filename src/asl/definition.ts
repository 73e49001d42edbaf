import type { JsonataTemplate } from "../expression/jsonata/template.ts";
import type { Path, ReferencePath } from "../expression/jsonpath/path.ts";
import type { PayloadTemplate } from "../expression/payload-template.ts";
import type { ChoiceRule } from "./states/choice.ts";
import type { FailState } from "./states/fail.ts";
import type { MapState } from "./states/map.ts";
import type { ParallelState } from "./states/parallel.ts";
import type { PassState } from "./states/pass.ts";
import type { SucceedState } from "./states/succeed.ts";
import type { TaskState } from "./states/task.ts";
import type { WaitState } from "./states/wait.ts";

export type QueryLanguage = "JSONPath" | "JSONata";

/** A definition that has passed validation; every expression in it is compiled. */
export interface StateMachineDefinition extends StateGraph {
  readonly Comment?: string;
  readonly QueryLanguage: QueryLanguage;
  /** Limit of the whole execution, in seconds. */
  readonly TimeoutSeconds?: number;
}

/** A `States` object with its start: the machine, a Parallel branch, or an item processor. */
export interface StateGraph {
  readonly StartAt: string;
  readonly States: ReadonlyMap<string, State>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State["Type"];

/** What every state has. `Name` is its key in `States`. */
export interface StateBase {
  readonly Name: string;
  readonly Comment?: string;
}

/** Where control goes after the state: `Next`, or nowhere (`End: true`), which is `undefined`. */
export interface Transition {
  readonly Next: string | undefined;
}

/**
 * Input and output fields of a JSONPath state. A field that is absent is `undefined` (the default applies), one
 * that is `null` in the definition is `null`.
 */
export interface JsonPathFields {
  readonly QueryLanguage: "JSONPath";
  readonly InputPath?: Path | null;
  readonly Parameters?: PayloadTemplate;
  readonly ResultSelector?: PayloadTemplate;
  readonly ResultPath?: ReferencePath | null;
  readonly OutputPath?: Path | null;
  readonly Assign?: PayloadTemplate;
}

/** Input and output fields of a JSONata state. */
export interface JsonataFields {
  readonly QueryLanguage: "JSONata";
  readonly Arguments?: JsonataTemplate;
  readonly Output?: JsonataTemplate;
  readonly Assign?: JsonataTemplate;
}

/** Each state type carries the fields of the one language that it is written in. */
export type DataFlow = JsonPathFields | JsonataFields;

/**
 * A field that may be a constant, a `…Path` (JSONPath) or an expression (JSONata). `field` is the name as the
 * definition has it (`TimeoutSecondsPath`), for error causes.
 */
export type DynamicField<T> =
  | { readonly kind: "constant"; readonly field: string; readonly value: T }
  | { readonly kind: "path"; readonly field: string; readonly path: Path }
  | { readonly kind: "jsonata"; readonly field: string; readonly template: JsonataTemplate };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy: "NONE" | "FULL";
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  /** JSONPath only; `undefined` is the default `$`. */
  readonly ResultPath?: ReferencePath | null;
  /** JSONata only. */
  readonly Output?: JsonataTemplate;
  readonly Assign?: PayloadTemplate | JsonataTemplate;
}

export interface ErrorHandling {
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
}

export type ChoiceState = StateBase &
  DataFlow & {
    readonly Type: "Choice";
    readonly Choices: readonly ChoiceRule[];
    readonly Default?: string;
  };
