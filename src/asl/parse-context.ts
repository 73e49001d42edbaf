import type { JsonObject } from "../expression/json.ts";
import type { PreparedExpressions } from "../expression/jsonata/prepared-expressions.ts";
import type { QueryLanguage, StateGraph } from "./definition.ts";
import type { DiagnosticSink } from "./diagnostics/diagnostic.ts";
import type { FieldTable } from "./fields/fields.ts";
import type { Transitions } from "./transitions.ts";
import type { VariableScope } from "./variables/variable-scope.ts";

/** Which kind of execution the machine makes. */
export type StateMachineType = "STANDARD" | "EXPRESS";

/** What the parsers of one definition share. */
export interface ParseContext {
  readonly diagnostics: DiagnosticSink;
  readonly type: StateMachineType;
  /** The machine's language: that of every state without the field, however deep. */
  readonly QueryLanguage: QueryLanguage;
  /** Whether a string with `${Name}` in it stands for a value that is filled in later. */
  readonly placeholders: boolean;
  /** Called where a placeholder stands for something that the tree needs. */
  assume(): void;
  /** Names of states, and labels of Maps, so far in the whole machine. */
  readonly stateNames: Set<string>;
  readonly labels: Set<string>;
  /** The JSONata expressions so far in the whole machine, or all of them. */
  readonly expressions: PreparedExpressions;
  /** Every scope of the machine. */
  readonly scopes: VariableScope[];
  /** The graph whose states are being parsed. */
  readonly graph: GraphContext;
  /** Parses a branch or an item processor. Graphs hold states and states hold graphs; this is how they meet. */
  parseNested(nested: NestedGraph, context: ParseContext): StateGraph | undefined;
}

/** What the states of one graph have in common. */
export interface GraphContext {
  /** 0 for the machine itself. */
  readonly depth: number;
  readonly transitions: Transitions;
  readonly scope: VariableScope;
}

/** A branch or an item processor that is to be parsed. */
export interface NestedGraph {
  readonly object: JsonObject;
  readonly location: string;
  readonly fields: FieldTable;
  /** The name of the state that holds it. */
  readonly holder: string;
  /** Whether its states read the variables of the graph around it. */
  readonly sharesVariables: boolean;
}

/** Whether the text holds a `${Name}` that is replaced before the definition is used. */
export function hasPlaceholder(
  context: Pick<ParseContext, "placeholders">,
  text: unknown,
): boolean {
  return context.placeholders && typeof text === "string" && placeholder.test(text);
}

/** `${Name}`, as CloudFormation and SAM substitute it. No `$` in a name, so that one pass finds it. */
export const placeholder = /\$\{[^}$]*\}/;
