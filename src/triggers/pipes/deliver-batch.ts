import type { JsonObject } from "../../expression/json.ts";
import { isJsonObject } from "../../expression/json.ts";
import { enriched } from "./enrich.ts";
import { causeName, giveTarget } from "./give-target.ts";
import type { PipeServices } from "./pipe-caller.ts";
import { eventText, listText, passes, type PipeLanguage } from "./pipe-events.ts";
import type { PipeRecord } from "./pipe-record.ts";
import type { SourceBatch, SourceMessage } from "./pipe-source.ts";

/** *Documented*: what Step Functions takes as an input, the least of all targets. Room is left for the list's own characters. */
const mostListBytes = 256 * 1024 - 1024;

/**
 * Takes a batch through filter, enrichment and target, and tells the source what is done: what no pattern wants is, and what
 * the target has taken. Rejects with what went wrong after that.
 */
export async function deliverBatch(
  services: PipeServices,
  { pipe, language }: { readonly pipe: PipeRecord; readonly language: PipeLanguage },
  batch: SourceBatch,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<void> {
  const { messages } = batch;
  const wanted = messages.filter(({ event }) => passes(language, event));
  const done = new Set(messages.filter((message) => !wanted.includes(message)));
  let failure: unknown;
  for (const part of parts(wanted)) {
    try {
      const refused = await deliverPart(services, { pipe, language }, part, { now, signal });
      for (const message of part) if (!refused.has(message.id)) done.add(message);
    } catch (error) {
      failure = error;
      break;
    }
  }
  await batch.settle([...done]);
  if (failure !== undefined) throw failure;
}

async function deliverPart(
  services: PipeServices,
  { pipe, language }: { readonly pipe: PipeRecord; readonly language: PipeLanguage },
  messages: readonly SourceMessage[],
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<ReadonlySet<string>> {
  const ids = messages.map(({ id }) => id);
  let events: readonly JsonObject[] = messages.map(({ event }) => event);
  if (pipe.Enrichment !== undefined && pipe.Enrichment !== "") {
    const input = listText(events.map((event) => eventText(language.enrichment, event, pipe, now)));
    const answered = await enriched(services, pipe, { input, name: causeName(pipe, ids) }, signal);
    if (answered.length === 0) return new Set();
    if (!answered.every(isJsonObject)) {
      // What is no object has no members that a template could name.
      const texts = answered.map((value) => JSON.stringify(value));
      return giveTarget(services, pipe, { texts, ids }, signal);
    }
    events = answered;
  }
  const texts = events.map((event) => eventText(language.target, event, pipe, now));
  return giveTarget(services, pipe, { texts, ids }, signal);
}

/** Messages in lists that a target takes: many large ones are several. */
function parts(messages: readonly SourceMessage[]): readonly (readonly SourceMessage[])[] {
  const made: SourceMessage[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const own = Buffer.byteLength(JSON.stringify(message.event)) + 1;
    if (bytes + own > mostListBytes) {
      made.push([]);
      bytes = 0;
    }
    made.at(-1)?.push(message);
    bytes += own;
  }
  return made;
}
