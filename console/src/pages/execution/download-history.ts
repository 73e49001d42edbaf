import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { server, type HistoryEvent } from "../../api/client.ts";
import { saveFile } from "../../parts/save-file.ts";

/** Events that are asked for at a time. */
const pageOfEvents = 1_000;

/** Saves the history as a file, in the shape of GetExecutionHistory. */
export async function downloadHistory({ executionArn, name }: ExecutionView): Promise<void> {
  const events: HistoryEvent[] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page = await server.events(executionArn, { from, limit: pageOfEvents, data: true });
    events.push(...page.events);
    const last = page.events.at(-1);
    from = page.more && last !== undefined ? last.id + 1 : undefined;
  }
  saveFile(JSON.stringify({ events }, undefined, 2), `${name}.history.json`, "application/json");
}
