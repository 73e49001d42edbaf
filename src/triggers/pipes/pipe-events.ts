import { matches } from "../../eventing/pattern/matches.ts";
import type { EventPattern } from "../../eventing/pattern/event-pattern.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import {
  type InputTemplate,
  parseInputTemplate,
} from "../../eventing/transformer/input-template.ts";
import { pipeInput } from "../../eventing/transformer/pipe-template.ts";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { PipeRecord } from "./pipe-record.ts";

/** A pipe's filter and templates, read. */
export interface PipeLanguage {
  /** None: everything passes. */
  readonly patterns: readonly EventPattern[];
  readonly enrichment: InputTemplate | undefined;
  readonly target: InputTemplate | undefined;
}

/** Throws an `InvalidEventPattern`. */
export function pipeLanguage(pipe: PipeRecord): PipeLanguage {
  const { FilterCriteria: { Filters = [] } = {} } = pipe.SourceParameters ?? {};
  return {
    patterns: Filters.flatMap(({ Pattern }) =>
      Pattern === undefined || Pattern === "" ? [] : [parsePattern(Pattern)],
    ),
    enrichment: templateOf(pipe.EnrichmentParameters?.InputTemplate),
    target: templateOf(pipe.TargetParameters?.InputTemplate),
  };
}

function templateOf(text: string | undefined): InputTemplate | undefined {
  return text === undefined || text === "" ? undefined : parseInputTemplate(text);
}

/** *Documented*: one of the patterns has to match; those of a queue's messages look into a body that is JSON. */
export function passes({ patterns }: PipeLanguage, event: JsonObject): boolean {
  if (patterns.length === 0) return true;
  const seen = withParsedBody(event);
  return patterns.some((pattern) => matches(pattern, seen));
}

/** What an enrichment or a target gets of an event: JSON, or a text that a template makes. */
export function eventText(
  template: InputTemplate | undefined,
  event: JsonObject,
  pipe: PipeRecord,
  ingestedAt: number,
): string {
  if (template === undefined) return JSON.stringify(event);
  return pipeInput(template, withParsedBody(event), {
    "pipe-arn": pipe.Arn,
    "pipe-name": pipe.Name,
    "source-arn": pipe.Source,
    "enrichment-arn": pipe.Enrichment ?? "",
    "target-arn": pipe.Target,
    "event.ingestion-time": new Date(ingestedAt).toISOString(),
  });
}

/** One JSON text of several: what a template makes that is no JSON is a JSON text in it. */
export function listText(texts: readonly string[]): string {
  return `[${texts.map((text) => (isJson(text) ? text : JSON.stringify(text))).join(",")}]`;
}

/** *Documented*: implicit body data parsing. */
function withParsedBody(event: JsonObject): JsonObject {
  const { body } = event;
  if (typeof body !== "string") return event;
  const parsed = jsonOrUndefined(body);
  return parsed === undefined ? event : { ...event, body: parsed };
}

function isJson(text: string): boolean {
  return jsonOrUndefined(text) !== undefined;
}

function jsonOrUndefined(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
