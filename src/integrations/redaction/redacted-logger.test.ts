import { expect, test } from "vitest";
import type { LogFields } from "../../ports/logger.ts";
import { createRedactor } from "./create-redactor.ts";
import { redactedLogger } from "./redacted-logger.ts";

test("no line and no field of any level has a secret", () => {
  const lines: (readonly [string, LogFields | undefined])[] = [];
  const write = (message: string, fields?: LogFields): void => void lines.push([message, fields]);
  const logger = redactedLogger(
    { debug: write, info: write, warn: write, error: write },
    createRedactor(["canary-1"]),
  );
  for (const level of ["debug", "info", "warn", "error"] as const) {
    logger[level]("of canary-1", { error: "at canary-1", count: 1 });
    logger[level]("nothing");
  }
  expect(lines).toEqual(
    Array(4)
      .fill([
        ["of ********", { error: "at ********", count: 1 }],
        ["nothing", undefined],
      ])
      .flat(),
  );
});
