import { expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import { AnsweredQuestions } from "./answered.ts";
import type { OwnerOutcome } from "./owner-codec.ts";

type Done = OwnerOutcome<"updateMapRun">;
const done: Done = { type: "done", answered: true };

test("a question is answered once, while it is worked on and after", async () => {
  const answered = new AnsweredQuestions();
  const gate = Promise.withResolvers<Done>();
  let count = 0;
  const answer = (): Promise<Done> => {
    count++;
    return gate.promise;
  };
  const asked = [1, 2, 3].map(() => answered.once("id", answer));
  gate.resolve(done);
  expect(await Promise.all(asked)).toEqual([
    { outcome: done },
    { outcome: done, earlier: "remembered" },
    { outcome: done, earlier: "remembered" },
  ]);
  expect(await answered.once("id", answer)).toEqual({ outcome: done, earlier: "remembered" });
  expect(await answered.once("other", answer)).toEqual({ outcome: done });
  expect(count).toBe(2);
});

test("what was not begun is forgotten, and what was lost is known to be", async () => {
  const answered = new AnsweredQuestions();
  const left = (mayBeDone: boolean): Done => ({ type: "not the owner", mayBeDone });
  await answered.once("one", async () => left(false));
  expect(await answered.once("one", async () => done)).toEqual({ outcome: done });
  await answered.once("two", async () => left(true));
  expect(await answered.once("two", async () => done)).toEqual({ outcome: done, earlier: "lost" });
  expect(await answered.once("two", async () => left(false))).toEqual({
    outcome: done,
    earlier: "remembered",
  });
});

test("answers are remembered for minutes, and not for ever", async () => {
  let now = 0;
  const answered = new AnsweredQuestions({ monotonicNow: () => now });
  const isKnown = async (id: string): Promise<boolean> => {
    const { earlier } = await answered.once<"updateMapRun">(id, async () => ({
      type: "not the owner",
      mayBeDone: false,
    }));
    return earlier === "remembered";
  };
  await answered.once("first", async () => done);
  now = 149_000;
  await answered.once("second", async () => done);
  expect(await isKnown("first")).toBe(true);
  now = 151_000;
  await answered.once("third", async () => done);
  expect([await isKnown("first"), await isKnown("second")]).toEqual([true, true]);
  now = 400_000;
  await answered.once("fourth", async () => done);
  expect([await isKnown("first"), await isKnown("third")]).toEqual([false, true]);
});

test("neither many answers nor large ones take more than their share", async () => {
  const answered = new AnsweredQuestions();
  for (let id = 0; id < 120_000; id++) await answered.once(String(id), async () => done);
  expect(answered.size).toBeLessThanOrEqual(100_000);
  const input = Payload.ofText(JSON.stringify("x".repeat(256 * 1024)));
  for (let id = 0; id < 500; id++) {
    await answered.once<"takeActivityTask">(`task ${id}`, async () => ({
      type: "done",
      answered: { taskToken: "t", input },
    }));
  }
  expect(answered.size).toBeLessThanOrEqual(130);
});
