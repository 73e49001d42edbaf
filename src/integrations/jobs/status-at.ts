import type { JsonObject } from "../../expression/json.ts";
import type { JobStatus } from "./job-description.ts";
import { memberAt } from "./member-at.ts";

/** The words by which a service says that a job has ended; any other is a job that goes on. */
interface EndWords {
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  /** What an answer is that has no word there; absent: a job that goes on. */
  readonly otherwise?: JobStatus;
}

/** How a job is doing, from a word at a path of members: `QueryExecution.Status.State`. */
export function statusAt(path: string, words: EndWords): (described: JsonObject) => JobStatus {
  return (described) => {
    const word = memberAt(described, path);
    if (typeof word !== "string") return words.otherwise ?? "running";
    if (words.succeeded.includes(word)) return "succeeded";
    return words.failed.includes(word) ? "failed" : "running";
  };
}
