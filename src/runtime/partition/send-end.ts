import type { Logger } from "../../ports/logger.ts";
import type { Message } from "../../ports/store.ts";
import { endedChild, endedChildMessage } from "../map-run/ended-child.ts";
import type { Router } from "../routing/router.ts";
import { childResultMessage } from "../tasks/child-result.ts";
import type { Committer } from "./committer.ts";
import type { Resident } from "./resident.ts";

interface Post {
  readonly committer: Committer;
  readonly router: Router;
  readonly logger: Logger;
}

/**
 * Sends the end of an execution to those that have started it. To be called in one turn with the changes that say so:
 * the end and its messages are one commit.
 */
export function sendEnd(
  {
    record,
    snapshot,
    mapRunElsewhere,
    key,
  }: Pick<Resident, "record" | "snapshot" | "mapRunElsewhere" | "key">,
  post: Post,
): void {
  const sealed = key && { key };
  if (record.parent !== undefined) {
    send({ ...childResultMessage(record, record.parent, snapshot), ...sealed }, post);
  }
  if (mapRunElsewhere === undefined) return;
  const child = endedChild(record, snapshot);
  if (child !== undefined) send(endedChildMessage(child, snapshot, mapRunElsewhere), post);
}

/** It is on its way when it is durable. */
function send(message: Message, { committer, router, logger }: Post): void {
  committer.send(message);
  committer.after({
    perform() {
      const { key: _key, ...told } = message;
      try {
        router.ownerOf(told.to).hear(told);
      } catch (thrown) {
        logger.warn("a message stays in the store", { reason: String(thrown) });
      }
    },
    abandon() {},
  });
}
