import { wrappers } from "../../../../../../src/console/questions/asked-question.ts";
import { typeOfArn } from "../../../../../../src/machine/arns.ts";
import type { Path } from "../../../../designer/document/definition-document.ts";
import type { QueryLanguage } from "../../../../designer/edits/fragment.ts";
import { textOf } from "../../../../graph/json.ts";
import { valueAt } from "../inspected.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The field that holds what a Task hands on. */
export function argumentsField(language: QueryLanguage): "Arguments" | "Parameters" {
  return language === "JSONata" ? "Arguments" : "Parameters";
}

/** Whether somebody has to answer: the task waits for its token, or is an activity's. */
export function waitsForAnswer(fields: Fields): boolean {
  const resource = textOf(fields["Resource"]) ?? "";
  return resource.endsWith(".waitForTaskToken") || typeOfArn(resource) === "activity";
}

/**
 * Where the members of a question are in a Task, from the state on: in what is sent, or in the parameters themselves if nothing wraps
 * it. `undefined`: what is sent is a text or an expression, which no form can change.
 */
export function questionPlace(fields: Fields, language: QueryLanguage): Path | undefined {
  const code = argumentsField(language);
  const wrapper = wrappers.find((name) => {
    const sent = valueAt(fields, [code, name]);
    return sent !== undefined && sent !== null;
  });
  const place: Path = wrapper === undefined ? [code] : [code, wrapper];
  return isObject(valueAt(fields, place)) ? place : undefined;
}

const members = ["title", "text", "schema"];

/** Whether what is sent already says what is asked. */
export function isQuestion(sent: unknown): boolean {
  return members.some((name) => valueAt(sent, [name]) !== undefined || hasTwin(sent, name));
}

function hasTwin(sent: unknown, name: string): boolean {
  return valueAt(sent, [`${name}.$`]) !== undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
