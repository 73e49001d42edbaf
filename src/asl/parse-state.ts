import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../expression/json.ts";
import type { QueryLanguage, State, StateBase, StateType } from "./definition.ts";
import type { DiagnosticSink } from "./diagnostics/diagnostic.ts";
import {
  openFields,
  stringField,
  type Fields,
  type FieldTable,
  type OpenOptions,
} from "./fields/fields.ts";
import { hasPlaceholder, type ParseContext } from "./parse-context.ts";
import { present } from "./fields/present.ts";
import { choiceFields, parseChoice } from "./states/choice.ts";
import { failFields, parseFail } from "./states/fail.ts";
import { mapFields, parseMap } from "./states/map.ts";
import { parallelFields, parseParallel } from "./states/parallel.ts";
import { parsePass, passFields } from "./states/pass.ts";
import { parseSucceed, succeedFields } from "./states/succeed.ts";
import { parseTask, taskFields } from "./states/task.ts";
import { parseWait, waitFields } from "./states/wait.ts";
import { wording } from "./diagnostics/wording.ts";

interface StateParser {
  readonly fields: FieldTable;
  readonly parse: (base: StateBase, fields: Fields) => State | undefined;
}

/** In the order in which the service lists them. */
const stateParsers = {
  Task: { fields: taskFields, parse: parseTask },
  Wait: { fields: waitFields, parse: parseWait },
  Pass: { fields: passFields, parse: parsePass },
  Succeed: { fields: succeedFields, parse: parseSucceed },
  Fail: { fields: failFields, parse: parseFail },
  Choice: { fields: choiceFields, parse: parseChoice },
  Parallel: { fields: parallelFields, parse: parseParallel },
  Map: { fields: mapFields, parse: parseMap },
} as const satisfies { readonly [T in StateType]: StateParser };

const stateTypes = Object.keys(stateParsers) as readonly StateType[];

/** Fields of every state. */
const commonFields = ["Type", "Comment", "QueryLanguage"];

/** One member of a `States` object. `undefined` means that it is not a state; the reason has been reported. */
export function parseState(
  name: string,
  state: JsonValue,
  location: string,
  context: ParseContext,
): State | undefined {
  if (!isJsonObject(state)) {
    context.diagnostics.error(wording.type("Object"), location);
    context.graph.transitions.loseTrack();
    return undefined;
  }
  const type = stateType(state, location, context);
  if (type === undefined) {
    context.graph.transitions.loseTrack();
    return undefined;
  }
  const fields = openState(name, state, stateParsers[type].fields, { location, context });
  const base = { Name: name, ...present({ Comment: stringField(fields, "Comment") }) };
  return (stateParsers[type] as StateParser).parse(base, fields);
}

function openState(
  name: string,
  state: JsonObject,
  own: FieldTable,
  { location, context }: Pick<OpenOptions, "location" | "context">,
): Fields {
  const value = ownMember(state, "QueryLanguage");
  const language = value === undefined ? context.QueryLanguage : languageOf(value);
  const isDowngrade = value === "JSONPath" && context.QueryLanguage === "JSONata";
  if (isDowngrade) context.diagnostics.error(wording.queryLanguageDowngrade, location);
  const table = { ...own, both: [...commonFields, ...own.both] };
  // Observed: the downgrade is the whole answer about languages.
  const ignoreOtherLanguage = isDowngrade;
  const options = { state: name, location, table, language, context, ignoreOtherLanguage };
  const fields = openFields(state, options);
  if (value !== undefined) checkQueryLanguage(value, location, context.diagnostics);
  return fields;
}

function stateType(
  state: JsonObject,
  location: string,
  context: ParseContext,
): StateType | undefined {
  const value = ownMember(state, "Type");
  const type = stateTypes.find((known) => known === value);
  if (type !== undefined) return type;
  if (hasPlaceholder(context, value)) context.assume();
  else if (value === undefined) {
    context.diagnostics.error(wording.fieldsRequired(["Type"]), location);
  } else {
    context.diagnostics.error(wording.fieldValues("Type", stateTypes), `${location}/Type`);
  }
  return undefined;
}

/** What a `QueryLanguage` field means. Observed: JSONata, unless it is exactly `JSONPath`. */
export function languageOf(value: JsonValue): QueryLanguage {
  return value === "JSONPath" ? "JSONPath" : "JSONata";
}

/** Reports a `QueryLanguage` that is not a language. */
export function checkQueryLanguage(
  value: JsonValue,
  location: string,
  diagnostics: DiagnosticSink,
): void {
  if (value === "JSONPath" || value === "JSONata") return;
  const message =
    typeof value === "string" ? wording.values(["JSONPath", "JSONata"]) : wording.type("String");
  diagnostics.error(message, `${location}/QueryLanguage`);
}
