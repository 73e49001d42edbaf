import type { State } from "./definition.ts";
import { diagnosticSink, type Diagnostic } from "./diagnostics/diagnostic.ts";
import { openContext, parseObject, type ParseOptions } from "./parse-definition.ts";
import { parseState } from "./parse-state.ts";
import { checkScopes } from "./variables/variable-scope.ts";

/** The name of a state that stands alone. Recorded: TestState, in the locations of its diagnostics. */
export const singleStateName = "StateName";

/** One state, and what is to be said about it. */
export interface ParsedState {
  /** `undefined` if any diagnostic is an error. */
  readonly state: State | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses the definition of one state without a machine around it, as TestState takes it.
 *
 * Where it goes on to is not checked: the states that it names are not there. The machine that is not there
 * speaks JSONPath, as one without the field does.
 */
export function parseSingleState(text: string, options: ParseOptions = {}): ParsedState {
  const diagnostics: Diagnostic[] = [];
  const sink = diagnosticSink(diagnostics);
  const object = parseObject(text, sink);
  if (object === undefined) return { state: undefined, diagnostics };
  const { context, isComplete } = openContext("JSONPath", sink, options);
  const state = parseState(singleStateName, object, `/States/${singleStateName}`, context);
  checkScopes(context.scopes, sink);
  const hasError = diagnostics.some((diagnostic) => diagnostic.severity === "ERROR");
  return { state: hasError || !isComplete() ? undefined : state, diagnostics };
}
