import { checkStateMachineArn } from "../arns.ts";
import type { Operation } from "../operation.ts";
import { storePage } from "../paging/paging.ts";
import { versionArn } from "../versions/publish.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: no error for a state machine that does not exist, so it has no versions. */
export const listStateMachineVersions: Operation<"ListStateMachineVersions"> = (input, context) => {
  const arn = input.stateMachineArn;
  checkStateMachineArn(arn);
  return storePage(
    context,
    input,
    `ListStateMachineVersions ${arn}`,
    "stateMachineVersions",
    (page) => context.store.versions(arn, page),
    (version) => ({
      stateMachineVersionArn: versionArn(version),
      creationDate: epochSeconds(version.createdAt),
    }),
  );
};
