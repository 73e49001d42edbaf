import { parentPort } from "node:worker_threads";
import { ApiError } from "../../../service/errors/api-error.ts";
import type { FieldResult } from "../../view-types.ts";
import { type EvaluationPlace, evaluations } from "./evaluations.ts";

/** What the thread is asked. */
export interface ThreadQuestion {
  readonly asked: unknown;
  readonly place: EvaluationPlace;
}

/** What it says: first that it is there; then of each question the results as they come, then that it is done; or what is wrong with the question. */
export type ThreadAnswer =
  | { readonly type: "ready" }
  | { readonly type: "result"; readonly result: FieldResult }
  | { readonly type: "done" }
  | { readonly type: "refused"; readonly message: string }
  | { readonly type: "failed"; readonly message: string };

const say = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);

parentPort?.on("message", ({ asked, place }: ThreadQuestion) => {
  try {
    for (const result of evaluations(asked, place)) say({ type: "result", result });
    say({ type: "done" });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    say({ type: thrown instanceof ApiError ? "refused" : "failed", message });
  }
});

say({ type: "ready" });
