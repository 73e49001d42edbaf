import type { TaskHandler } from "../../ports/task-handler.ts";
import type { FunctionLogSink } from "../functions/invocation.ts";
import { createAddressGuard } from "../http/address-guard.ts";
import { createHttpClient } from "../http/http-client.ts";
import { mostResultBytes } from "../http/http-result.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { ReferredUrls } from "../references/referred-url.ts";
import type { LocalJobs } from "../local-jobs/local-jobs.ts";
import { mailTask } from "./mail/mail-task.ts";
import { runCommand } from "./run-command.ts";
import { sqlTask } from "./sql/sql-task.ts";
import { webhookTask } from "./webhook/webhook-task.ts";

/** What Stepwell itself offers: `arn:stepwell:states:::…`. */
export interface OwnServices {
  readonly handlers: readonly TaskHandler[];
  /** Ends what is under way at once. */
  close(): void;
}

export function createOwnServices(
  options: IntegrationOptions,
  jobs: LocalJobs,
  printed: FunctionLogSink,
  urls: ReferredUrls,
): OwnServices {
  const { clock, http = {}, resolve } = options;
  const closing = new AbortController();
  const client = createHttpClient({
    clock,
    guard: createAddressGuard(http.allowPrivateAddresses),
    mostBytes: mostResultBytes,
    ...(resolve !== undefined && { resolve }),
  });
  const sql = sqlTask({ ...options, urls });
  return {
    handlers: [
      runCommand(options, jobs, printed),
      mailTask({ ...options, urls }, closing.signal),
      webhookTask({ ...options, client }),
      sql.handler,
    ],
    close() {
      closing.abort();
      client.close();
      sql.close();
    },
  };
}
