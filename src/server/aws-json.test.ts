import { expect, test } from "vitest";
import { PartitionLost } from "../ports/partition-lost.ts";
import { StoreFailure } from "../ports/store.ts";
import { answerOf } from "./aws-json.ts";

function logger() {
  const levels: string[] = [];
  const at = (level: string) => () => void levels.push(level);
  return { levels, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

// Every AWS SDK asks again after a 503; a start of the same name and input is then the same execution.
test.each([
  ["a store that cannot be reached", new StoreFailure("unavailable", "gone"), 503, "warn"],
  ["a store that is full", new StoreFailure("full", "no space"), 503, "error"],
  ["a partition that is lost", new PartitionLost("another process owns it"), 503, "warn"],
  ["a mistake of ours", new Error("ours"), 500, "error"],
])(
  "a call that fails of %s is answered with what the caller may do",
  (_, thrown, status, level) => {
    const log = logger();
    const answer = answerOf(thrown, "StartExecution", "request", log);
    expect(log.levels).toEqual([level]);
    expect(answer.statusCode).toBe(status);
    if (status === 503) expect(answer.code).toBe("ServiceUnavailable");
  },
);
