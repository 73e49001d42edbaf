import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { JobStatus } from "./job-description.ts";

/** The words by which a service says that a job has ended; any other is a job that goes on. */
interface EndWords {
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
}

/** How a job is doing, from a word at a path of members: `QueryExecution.Status.State`. */
export function statusAt(path: string, words: EndWords): (described: JsonObject) => JobStatus {
  const names = path.split(".");
  return (described) => {
    let value: JsonValue | undefined = described;
    for (const name of names) value = isJsonObject(value) ? ownMember(value, name) : undefined;
    if (typeof value !== "string") return "running";
    if (words.succeeded.includes(value)) return "succeeded";
    return words.failed.includes(value) ? "failed" : "running";
  };
}
