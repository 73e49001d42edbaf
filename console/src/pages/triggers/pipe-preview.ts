import { InvalidEventPattern } from "../../../../src/eventing/pattern/invalid-event-pattern.ts";
import { InputTooLong } from "../../../../src/eventing/transformer/input-template.ts";
import {
  isFunction,
  isStateMachine,
  kindOfSource,
} from "../../../../src/triggers/pipes/pipe-arns.ts";
import {
  eventText,
  listText,
  passes,
  type PipeLanguage,
  pipeLanguage,
} from "../../../../src/triggers/pipes/pipe-events.ts";
import type { PipeRecord } from "../../../../src/triggers/pipes/pipe-record.ts";
import { objectOf } from "./event-pattern.ts";

/** What becomes of an event in a pipe. */
export type PipePreview =
  | { readonly type: "noEvent" | "dropped" }
  | { readonly type: "invalid" | "failed"; readonly problem: string }
  /** What the enrichment, or the target, is given. */
  | { readonly type: "enriched" | "given"; readonly text: string };

/** Does with an event what the server would, up to the first call. */
export function previewPipe(pipe: PipeRecord, event: string, now: number): PipePreview {
  let language: PipeLanguage;
  try {
    language = pipeLanguage(pipe);
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    return { type: "invalid", problem: error.message };
  }
  const value = objectOf(event);
  if (value === undefined) return { type: "noEvent" };
  if (!passes(language, value)) return { type: "dropped" };
  const isEnriched = (pipe.Enrichment ?? "") !== "";
  try {
    const template = isEnriched ? language.enrichment : language.target;
    const text = eventText(template, value, pipe, now);
    const isList = isEnriched || isStateMachine(pipe.Target) || isFunction(pipe.Target);
    return { type: isEnriched ? "enriched" : "given", text: isList ? listText([text]) : text };
  } catch (error) {
    if (!(error instanceof InputTooLong)) throw error;
    return { type: "failed", problem: error.message };
  }
}

/** An event of a source, as it comes from there. */
export function exampleOfSource(source: string): string {
  const [, , , region = "", , name = ""] = source.split(":");
  return JSON.stringify(eventOf(), undefined, 2);

  function eventOf(): object {
    switch (kindOfSource(source)) {
      case "bucket":
        return {
          version: "0",
          id: "0a1b2c",
          "detail-type": "Object Created",
          source: "aws.s3",
          resources: [source],
          detail: { bucket: { name }, object: { key: "orders/7.json", size: 120 } },
        };
      case "table":
      case "channel":
        return {
          messageId: "7",
          body: { id: 7, kind: "order" },
          eventSource: "stepwell:postgres",
          eventSourceARN: source,
        };
      case "sqs":
      case undefined:
        return {
          messageId: "059f36b4-87a3-44ab-83d2-661975830a7d",
          body: '{"id":7,"kind":"order"}',
          attributes: { ApproximateReceiveCount: "1" },
          messageAttributes: {},
          eventSource: "aws:sqs",
          eventSourceARN: kindOfSource(source) === undefined ? "QUEUE_ARN" : source,
          awsRegion: kindOfSource(source) === undefined ? "us-east-1" : region,
        };
    }
  }
}
