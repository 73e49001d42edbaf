import { regionPrefix } from "../../machine/arns.ts";
import type { Operation } from "../operation.ts";
import { storePage } from "../paging/paging.ts";
import { epochSeconds } from "../timestamps.ts";

export const listActivities: Operation<"ListActivities"> = (input, context) =>
  storePage(
    context,
    input,
    `ListActivities ${regionPrefix(context.scope)}`,
    "activities",
    (page) => context.store.activities(regionPrefix(context.scope), page),
    ({ activityArn, name, createdAt }) => ({
      activityArn,
      name,
      creationDate: epochSeconds(createdAt),
    }),
  );
