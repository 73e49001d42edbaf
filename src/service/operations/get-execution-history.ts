import type { JsonValue } from "../../expression/json.ts";
import { historyEvent } from "../../machine/journal/history.ts";
import { checkExecutionArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { openToken, pageSize, sealToken } from "../paging/paging.ts";

/** Documented: events in the order in which they happened, or the newest first. */
export const getExecutionHistory: Operation<"GetExecutionHistory"> = async (input, context) => {
  const arn = input.executionArn;
  checkExecutionArn(arn);
  const reverse = input.reverseOrder === true;
  const listing = `GetExecutionHistory ${arn} ${reverse}`;
  const from = (await openToken(context, input, listing)) as number | undefined;
  const page = await context.engine.history(arn, {
    limit: pageSize(input.maxResults),
    reverse,
    ...(from !== undefined && { from }),
  });
  if (page === undefined) throw errors.executionDoesNotExist(arn);
  const includeData = input.includeExecutionData !== false;
  const output: Record<string, JsonValue> = {
    events: page.events.map((event) => historyEvent(event, includeData)),
  };
  const last = page.events.at(-1);
  if (page.more && last !== undefined) {
    output["nextToken"] = await sealToken(context, listing, reverse ? last.id - 1 : last.id + 1);
  }
  return output;
};
