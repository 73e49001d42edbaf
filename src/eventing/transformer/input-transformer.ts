import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { InvalidTargetInput } from "./invalid-target-input.ts";
import { type InputPath, parseInputPath, valueAt } from "./input-path.ts";
import {
  type InputTemplate,
  parseInputTemplate,
  renderTemplate,
  variablesOf,
} from "./input-template.ts";

/** How a rule's target is given another input than the event. */
export interface InputTransformer {
  readonly paths: ReadonlyMap<string, InputPath>;
  readonly template: InputTemplate;
}

/** What is known of an event beside itself, for the reserved variables. */
export interface EventOrigin {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** When the event came in: `2022-07-13T13:48:01Z`. */
  readonly ingestionTime: string;
}

/** *Documented*: the API reference, `InputTransformer`. */
const mostPaths = 100;
const longestName = 256;
const longestTemplate = 8192;

/** A transformer as the API has it. */
export interface GivenInputTransformer {
  readonly InputPathsMap?: { readonly [name: string]: string } | undefined;
  readonly InputTemplate?: string | undefined;
}

/** Reads a transformer. Throws an {@link InvalidTargetInput}. */
export function parseInputTransformer(given: GivenInputTransformer): InputTransformer {
  const entries = Object.entries(given.InputPathsMap ?? {});
  if (entries.length > mostPaths) {
    throw new InvalidTargetInput(`InputPathsMap has more than ${mostPaths} entries.`);
  }
  const { InputTemplate: text = "" } = given;
  if (text === "" || text.length > longestTemplate) {
    throw new InvalidTargetInput(
      `InputTemplate has to have between 1 and ${longestTemplate} characters.`,
    );
  }
  return { paths: new Map(entries.map(pathEntry)), template: templateOf(text) };
}

/** The input of a target. Throws an `InputTooLong`. */
export function transformedInput(
  { paths, template }: InputTransformer,
  event: JsonObject,
  origin: EventOrigin,
): string {
  return renderTemplate(template, (name) => {
    if (name.startsWith(reservedPrefix)) return reservedValue(name, event, origin);
    const path = paths.get(name);
    return path && valueAt(path, event);
  });
}

const reservedPrefix = "aws.events.";

/** *Documented*: EventBridge, input transformation, predefined variables. */
function reservedValue(
  name: string,
  event: JsonObject,
  { ruleArn, ruleName, ingestionTime }: EventOrigin,
): JsonValue | undefined {
  switch (name) {
    case "aws.events.rule-arn":
      return ruleArn;
    case "aws.events.rule-name":
      return ruleName;
    case "aws.events.event.ingestion-time":
      return ingestionTime;
    case "aws.events.event.json":
      return event;
    case "aws.events.event": {
      const { detail: _, ...rest } = event;
      return rest;
    }
    default:
      return undefined;
  }
}

function pathEntry([name, text]: [string, string]): [string, InputPath] {
  if (!/^[\w-]+$/.test(name) || name.length > longestName || /^aws\./i.test(name)) {
    throw new InvalidTargetInput(`InputPathsMap has a name that is not valid: ${name}.`);
  }
  const path = parseInputPath(text);
  if (path === undefined) {
    throw new InvalidTargetInput(`InputPathsMap has a JSONPath that is not valid: ${text}.`);
  }
  return [name, path];
}

/** *Documented*: no variable can be the name of a member. */
function templateOf(text: string): InputTemplate {
  const template = parseInputTemplate(text);
  const reserved = variablesOf(template).find(
    (name) => name.startsWith(reservedPrefix) && !known.has(name),
  );
  if (reserved !== undefined) {
    throw new InvalidTargetInput(`InputTemplate has a variable that is reserved: ${reserved}.`);
  }
  if (template.isJson) {
    for (const [, quoted] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)) {
      if (quoted !== undefined && variablesOf(parseInputTemplate(`"${quoted}"`)).length > 0) {
        throw new InvalidTargetInput(
          `InputTemplate has a variable as the name of a member: ${quoted}.`,
        );
      }
    }
  }
  return template;
}

const known: ReadonlySet<string> = new Set([
  "aws.events.rule-arn",
  "aws.events.rule-name",
  "aws.events.event",
  "aws.events.event.json",
  "aws.events.event.ingestion-time",
]);
