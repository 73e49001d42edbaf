import type { JsonObject } from "../../expression/json.ts";
import { historyEvent } from "../../machine/journal/history.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../../service/errors/errors.ts";

/** Which events are asked for: from an id on or, in reverse, back from it. */
export interface EventRange {
  readonly from?: number;
  readonly limit: number;
  readonly reverse: boolean;
}

/** Events of an execution as the API shows them, Standard or Express. */
export async function publicEvents(
  engine: Pick<Engine, "expressHistories" | "history">,
  executionArn: string,
  range: EventRange,
  includeData: boolean,
): Promise<JsonObject> {
  const express = engine.expressHistories.find(executionArn);
  const page =
    express === undefined
      ? await engine.history(executionArn, range)
      : pageOf(express.events, range);
  if (page === undefined) throw errors.executionDoesNotExist(executionArn);
  return {
    events: page.events.map((event) => historyEvent(event, includeData)),
    more: page.more,
  };
}

function pageOf(all: readonly JournalEvent[], { from, limit, reverse }: EventRange) {
  const rest = (reverse ? all.toReversed() : all).filter(
    ({ id }) => from === undefined || (reverse ? id <= from : id >= from),
  );
  return { events: rest.slice(0, limit), more: rest.length > limit };
}
