import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FileInput } from "./input-file.ts";
import { StartRun, type StartProgress } from "./start-run.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const inputs = Array.from({ length: 5 }, (_, index) => ({ line: index + 1, input: `${index}` }));

function run(start: (input: FileInput) => Promise<unknown>) {
  const asked: number[] = [];
  let progress: StartProgress | undefined;
  const made = new StartRun(
    inputs,
    (input) => {
      asked.push(input.line);
      return start(input);
    },
    (told) => {
      progress = told;
    },
  );
  return { made, asked, progress: () => progress };
}

test("no more are started in a second than was asked for", async () => {
  const { made, asked, progress } = run(async () => undefined);
  made.begin(2);
  await vi.advanceTimersByTimeAsync(999);
  expect(asked).toEqual([1, 2]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([1, 2, 3, 4, 5]);
  expect(progress()).toEqual({ started: 5, failed: [], isRunning: false });
});

test("one that is stopped starts nothing more, and goes on where it was", async () => {
  const { made, asked, progress } = run(async () => undefined);
  made.begin(1);
  await vi.advanceTimersByTimeAsync(1_000);
  made.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([1, 2]);
  expect(progress()).toEqual({ started: 2, failed: [], isRunning: false });
  made.begin(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([1, 2, 3, 4, 5]);
});

test("what could not be started is told by its line, and the others are started", async () => {
  const { made, progress } = run(async ({ line }) => {
    if (line === 2) throw new Error("Refused");
  });
  made.begin(10);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(progress()).toEqual({
    started: 4,
    failed: [{ line: 2, reason: "Refused" }],
    isRunning: false,
  });
});
