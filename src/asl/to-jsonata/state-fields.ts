import type { JsonObject, JsonValue } from "../../expression/json.ts";
import {
  assignDocument,
  effectiveInput,
  isJust,
  outputOf,
  rawInput,
  rawResult,
  workInput,
} from "./data-flow.ts";
import { constant } from "./document.ts";
import { templateDocument, valueDocument } from "./documents-of-source.ts";
import { mapReplacements } from "./map-fields.ts";
import { catchers, choices } from "./outcomes.ts";
import type { Replacement } from "./replace-members.ts";
import { Unconvertible } from "./unconvertible.ts";
import { writeConstant } from "./write-document.ts";
import { referenced, written, type Writing } from "./writing.ts";

const outputFields = ["ResultSelector", "ResultPath", "OutputPath"];

/** The members that take the place of a state's JSONPath fields. Throws {@link Unconvertible}. */
export function stateReplacements(writing: Writing): readonly Replacement[] {
  const { state } = writing;
  switch (state["Type"]) {
    case "Task":
      return [
        ...argumentsOf(writing),
        ...resultFields(writing),
        dynamicNumber(writing, "TimeoutSeconds"),
        dynamicNumber(writing, "HeartbeatSeconds"),
        template(writing, "Credentials"),
      ];
    case "Parallel":
      return [...argumentsOf(writing), ...resultFields(writing)];
    case "Map":
      return [...mapReplacements(writing), ...resultFields(writing)];
    case "Pass":
      return passFields(writing);
    case "Wait":
      return [
        dynamicNumber(writing, "Seconds"),
        dynamicNumber(writing, "Timestamp"),
        ...inputFields(writing),
      ];
    case "Succeed":
      return inputFields(writing);
    case "Choice":
      return [choices(writing), ...inputFields(writing)];
    case "Fail":
      return [failText(writing, "Error"), failText(writing, "Cause")];
    default:
      throw new Unconvertible("INVALID");
  }
}

/** `Arguments`: without `Parameters` and `InputPath` both languages hand on the input. */
function argumentsOf(writing: Writing): readonly Replacement[] {
  const document = workInput(writing.state);
  return [
    written(
      writing,
      "Arguments",
      argumentSources(writing.state),
      isJust(document, rawInput) ? undefined : document,
    ),
  ];
}

/** `Arguments` stands where `Parameters` did, if there are any. */
function argumentSources(state: JsonObject): readonly string[] {
  return state["Parameters"] === undefined ? ["InputPath"] : ["Parameters"];
}

/** What a Task, Parallel or Map has after its result. */
function resultFields(writing: Writing): readonly Replacement[] {
  const { state } = writing;
  const output = outputOf(state, rawResult);
  return [
    written(writing, "Output", outputFields, isJust(output, rawResult) ? undefined : output),
    written(writing, "Assign", ["Assign"], assignDocument(state["Assign"], rawResult)),
    catchers(writing),
    { name: "InputPath", of: ["InputPath"], value: undefined },
  ];
}

/** States without a result of their own put out what `InputPath` and `OutputPath` leave of their input. */
function inputFields(writing: Writing): readonly Replacement[] {
  const { state } = writing;
  const input = effectiveInput(state);
  const { ResultSelector: _, ResultPath: __, ...plain } = state;
  const output = outputOf(plain, input);
  return [
    written(
      writing,
      "Output",
      ["InputPath", "OutputPath"],
      isJust(output, rawInput) ? undefined : output,
    ),
    written(writing, "Assign", ["Assign"], assignDocument(state["Assign"], input)),
  ];
}

/** With a `Result`, `InputPath` and `Parameters` of a Pass state are not even looked at. */
function passFields(writing: Writing): readonly Replacement[] {
  const { state, take } = writing;
  const { Result } = state;
  const result = Result === undefined ? workInput(state) : constant(Result);
  const output = outputOf(state, result);
  const isAll = isJust(output, rawInput);
  const sources = ["Result", "Parameters", "InputPath", "ResultPath", "OutputPath"];
  const fields = [
    written(writing, "Output", sources, isAll ? undefined : output),
    written(writing, "Assign", ["Assign"], assignDocument(state["Assign"], result)),
  ];
  if (fields.every(({ value }) => isRandom(value))) {
    take({ level: "differs", code: "RANDOM_TWICE", path: ["Assign"] });
  }
  return fields;
}

function isRandom(value: JsonValue | undefined): boolean {
  return value !== undefined && /\{% [^]*\$(?:uuid|random)\(/.test(JSON.stringify(value));
}

/** A number or timestamp that a `…Path` selects. */
function dynamicNumber(writing: Writing, name: string): Replacement {
  const path = writing.state[`${name}Path`];
  const of = [`${name}Path`];
  if (path === undefined) return { name, of, value: undefined };
  return written(writing, name, of, referenced(path, effectiveInput(writing.state)));
}

/** A payload template over the effective input, which keeps its name. */
function template(writing: Writing, name: string): Replacement {
  const value = writing.state[name];
  const document =
    value === undefined ? undefined : templateDocument(value, effectiveInput(writing.state));
  return written(writing, name, [name], document);
}

/** The text of a Fail state: its path looks into the raw input, as the state has no `InputPath`. */
function failText(writing: Writing, name: "Error" | "Cause"): Replacement {
  const source = writing.state[`${name}Path`];
  const fixed = writing.state[name];
  const of = [name, `${name}Path`];
  if (source === undefined) {
    return { name, of, value: fixed === undefined ? undefined : writeConstant(fixed) };
  }
  const document =
    typeof source === "string" && source.startsWith("$")
      ? referenced(source, rawInput)
      : valueDocument(source, rawInput);
  return written(writing, name, of, document);
}
