import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Activation } from "../../src/machine/activation.ts";
import { decide } from "../../src/machine/decide.ts";
import { historyEvent, isPublic } from "../../src/machine/journal/history.ts";
import { decodeEvents, encodeEvents } from "../../src/machine/journal/journal-codec.ts";
import { endOfExecution, plain } from "./drive.ts";
import { play, runs } from "./random-machines.ts";

describe("for random machines and outcomes", () => {
  test("public event ids count from 1 without a gap, and each is chained to an earlier one", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const events = play(definition, choices).journal.filter(isPublic);
        expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
        for (const event of events) expect(event.previousEventId).toBeLessThan(event.id);
      }),
      { numRuns: 150 },
    );
  });

  test("folding the journal gives the live snapshot", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const drive = play(definition, choices);
        expect(plain(drive.folded())).toEqual(plain(drive.snapshot));
      }),
      { numRuns: 150 },
    );
  });

  test("deciding the same activation twice gives the same events and commands", () => {
    fc.assert(
      fc.property(runs, fc.nat(1000), ([definition, choices], last) => {
        const drive = play(definition, choices);
        if (drive.snapshot.status !== "RUNNING") return;
        const open = drive.openTasks[0];
        const base = { at: drive.now + 5_000 + last, seed: last };
        const activation: Activation =
          open === undefined || last % 2 === 0
            ? { type: "TimerFired", ...base }
            : { type: "TaskFailed", taskId: open, error: "Retryable", ...base };
        const first = decide(drive.machine, drive.folded(), activation);
        const second = decide(drive.machine, drive.folded(), activation);
        expect(encodeEvents(second.events)).toBe(encodeEvents(first.events));
        expect(JSON.stringify(second.commands)).toBe(JSON.stringify(first.commands));
      }),
      { numRuns: 100 },
    );
  });

  test("a journal survives the codec to the letter", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const { journal } = play(definition, choices);
        const decoded = decodeEvents(encodeEvents(journal));
        const shown = (events: typeof journal): unknown[] =>
          events.filter(isPublic).map((event) => historyEvent(event, true));
        expect(shown(decoded)).toEqual(shown(journal));
        expect(encodeEvents(decoded)).toBe(encodeEvents(journal));
      }),
      { numRuns: 80 },
    );
  });

  test("an execution ends once, and that is its last event", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const drive = play(definition, choices);
        const ends = drive.journal.filter(({ type }) => endOfExecution.test(type));
        expect(ends).toEqual(drive.snapshot.status === "RUNNING" ? [] : [drive.journal.at(-1)]);
      }),
      { numRuns: 150 },
    );
  });

  test("nothing wakes an execution that has ended", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const drive = play(definition, choices);
        if (drive.snapshot.status === "RUNNING") return;
        expect(drive.when({ type: "TimerFired" })).toEqual({
          events: [],
          commands: [],
          stale: true,
        });
        expect(drive.succeed(3).stale).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});
