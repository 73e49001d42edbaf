import { expect, onTestFinished, test, vi } from "vitest";
import { scopeOf } from "../../machine/arns.ts";
import { PipeRunner } from "./pipe-runner.ts";
import { emptyBatch, type PipeSource, type SourceMessage } from "./pipe-source.ts";
import { configuredPipe } from "./pipes-configuration.ts";

/** A clock that goes on when it is told to. */
function steppedClock() {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now,
    schedule(at: number, wake: () => void) {
      const entry = { at, wake };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    /** Goes to the next time that something waits for. */
    step(): void {
      const [next] = [...waiting].sort((one, other) => one.at - other.at);
      if (next === undefined) return;
      now = Math.max(now, next.at);
      waiting.delete(next);
      next.wake();
    },
  };
}

/** A pipe over a source in memory, whose target may refuse. */
function running() {
  const clock = steppedClock();
  const messages: SourceMessage[] = [];
  const given: string[] = [];
  const told: (string | undefined)[] = [];
  const state = { isMine: true, isOpen: false, refusal: undefined as string | undefined };
  const source: PipeSource = {
    atOnce: 1,
    async receive() {
      const taken = messages.splice(0, 1);
      return taken.length === 0
        ? emptyBatch
        : {
            messages: taken,
            async settle(done) {
              if (done.length === 0) messages.unshift(...taken);
            },
          };
    },
    async close() {
      state.isOpen = false;
    },
  };
  const pipe = configuredPipe(
    "p",
    {
      Source: "arn:aws:sqs:us-east-1:123456789012:in",
      Target: "arn:aws:sqs:us-east-1:123456789012:out",
    },
    scopeOf("us-east-1", "123456789012"),
  );
  const runner = new PipeRunner(pipe, {
    services: {
      clock,
      tasks: { find: () => expect.fail("nothing is called as a task") },
      stepFunctions: () => expect.fail("no execution is started"),
      async startTarget({ input }) {
        if (state.refusal !== undefined) {
          return { type: "failed", code: state.refusal, message: "", isTransient: true };
        }
        given.push(input);
        return { type: "taken", output: null };
      },
    },
    openSource() {
      state.isOpen = true;
      return source;
    },
    clock,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    isMine: () => state.isMine,
    async report(_, problem) {
      told.push(problem);
    },
  });
  onTestFinished(() => runner.stop());
  const come = (body: number): void => void messages.push({ id: String(body), event: { body } });
  /** Goes on until it is so. */
  const until = (check: () => void): Promise<void> =>
    vi.waitFor(
      () => {
        clock.step();
        check();
      },
      { interval: 1, timeout: 5_000 },
    );
  return { clock, state, given, told, messages, come, until };
}

test("a pipe takes messages only while this node has it, and lets go of its source after that", async () => {
  const { clock, state, given, come, until } = running();
  come(1);
  await until(() => expect(given).toEqual(['{"body":1}']));
  state.isMine = false;
  await until(() => expect(state.isOpen).toBe(false));
  come(2);
  const later = clock.now() + 60_000;
  await until(() => expect(clock.now()).toBeGreaterThan(later));
  expect(given).toHaveLength(1);
  state.isMine = true;
  await until(() => expect(given).toEqual(['{"body":1}', '{"body":2}']));
});

test("what the target refuses is tried again, each time later, and said once", async () => {
  const { clock, state, given, told, come, until } = running();
  state.refusal = "Busy";
  come(1);
  await until(() => expect(clock.now()).toBeGreaterThan(100_000));
  // Before it came there was nothing to complain of.
  expect(told).toEqual([undefined, "Busy: "]);
  state.refusal = undefined;
  await until(() => expect(given).toEqual(['{"body":1}']));
  await until(() => expect(told).toEqual([undefined, "Busy: ", undefined]));
});
