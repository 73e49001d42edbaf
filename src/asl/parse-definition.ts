import { PreparedExpressions } from "../expression/jsonata/prepared-expressions.ts";
import { isJsonObject, ownMember, type JsonObject } from "../expression/json.ts";
import type { QueryLanguage, StateMachineDefinition } from "./definition.ts";
import { diagnosticSink, type Diagnostic, type DiagnosticSink } from "./diagnostics/diagnostic.ts";
import { enumField, numberField, openFields, type FieldTable } from "./fields/fields.ts";
import { parseJsonText } from "./diagnostics/json-text.ts";
import type { ParseContext, StateMachineType } from "./parse-context.ts";
import { openTransitions, parseGraph, parseNestedGraph } from "./parse-graph.ts";
import { checkQueryLanguage, languageOf } from "./parse-state.ts";
import { present } from "./fields/present.ts";
import { checkScopes, openScope } from "./variables/variable-scope.ts";
import { wording } from "./diagnostics/wording.ts";

/** What a definition is parsed for. */
export interface ParseOptions {
  /** `STANDARD` if absent. */
  readonly type?: StateMachineType;
  /**
   * Whether a string with `${Name}` in it, as CloudFormation and SAM substitute them, stands for a value that is
   * not known yet. Then `definition` is `undefined` also where nothing is wrong but some value is missing.
   */
  readonly placeholders?: boolean;
  /** Expressions that have been prepared ahead. */
  readonly expressions?: PreparedExpressions;
}

/** A definition, and what is to be said about it. */
export interface ParsedDefinition {
  /** `undefined` if any diagnostic is an error. */
  readonly definition: StateMachineDefinition | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Documented: the longest timeout in seconds. */
const maximumTimeout = 99_999_999;

const machineFields: FieldTable = {
  both: ["StartAt", "States", "Comment", "Version", "TimeoutSeconds", "QueryLanguage"],
};

/** Parses, validates and compiles a definition; gives everything that is wrong with it, not only the first. */
export function parseDefinition(text: string, options: ParseOptions = {}): ParsedDefinition {
  const diagnostics: Diagnostic[] = [];
  const machine = parseObject(text, diagnosticSink(diagnostics));
  const definition = machine && parseMachine(machine, diagnosticSink(diagnostics), options);
  const hasError = diagnostics.some((diagnostic) => diagnostic.severity === "ERROR");
  return { definition: hasError ? undefined : definition, diagnostics };
}

/** The object that the text is; anything else is reported. */
export function parseObject(text: string, diagnostics: DiagnosticSink): JsonObject | undefined {
  if (text.trim() === "") {
    diagnostics.error(wording.missingDescription, undefined, "MISSING_DESCRIPTION");
    return undefined;
  }
  const { value, error } = parseJsonText(text);
  if (error !== undefined) {
    diagnostics.error(error.message, undefined, "INVALID_JSON_DESCRIPTION");
    return undefined;
  }
  if (isJsonObject(value)) return value;
  diagnostics.error(wording.type("Object"), "");
  return undefined;
}

function parseMachine(
  machine: JsonObject,
  diagnostics: DiagnosticSink,
  options: ParseOptions,
): StateMachineDefinition | undefined {
  const QueryLanguage = machineLanguage(machine, diagnostics);
  const { context, isComplete } = openContext(QueryLanguage, diagnostics, options);
  const fields = openFields(machine, {
    state: "",
    location: "",
    table: machineFields,
    language: QueryLanguage,
    context,
  });
  enumField(fields, "Version", ["1.0"]);
  const range = { minimum: 0, maximum: maximumTimeout };
  const TimeoutSeconds = numberField(fields, "TimeoutSeconds", range);
  const graph = parseGraph(fields);
  checkScopes(context.scopes, diagnostics);
  const Comment = ownMember(machine, "Comment");
  return graph === undefined || !isComplete()
    ? undefined
    : {
        QueryLanguage,
        ...present({ Comment: typeof Comment === "string" ? Comment : undefined, TimeoutSeconds }),
        ...graph,
      };
}

function machineLanguage(machine: JsonObject, diagnostics: DiagnosticSink): QueryLanguage {
  const value = ownMember(machine, "QueryLanguage");
  if (value === undefined) return "JSONPath";
  checkQueryLanguage(value, "", diagnostics);
  return languageOf(value);
}

/** What the parse of one definition starts with, and whether no placeholder has stood for a value so far. */
export function openContext(
  QueryLanguage: QueryLanguage,
  diagnostics: DiagnosticSink,
  options: ParseOptions,
): { readonly context: ParseContext; readonly isComplete: () => boolean } {
  let isComplete = true;
  const placeholders = options.placeholders ?? false;
  const scope = openScope(undefined);
  const context: ParseContext = {
    diagnostics,
    type: options.type ?? "STANDARD",
    QueryLanguage,
    placeholders,
    assume: () => {
      isComplete = false;
    },
    stateNames: new Set(),
    labels: new Set(),
    expressions: options.expressions ?? new PreparedExpressions(),
    scopes: [scope],
    graph: { depth: 0, transitions: openTransitions({ diagnostics, placeholders }), scope },
    parseNested: parseNestedGraph,
  };
  return { context, isComplete: () => isComplete };
}
