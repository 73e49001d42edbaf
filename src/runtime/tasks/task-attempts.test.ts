import { expect, test } from "vitest";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { createTaskAttempts } from "./task-attempts.ts";

const base = { previousEventId: 0, at: 0, payload: undefined, internal: undefined };

function entered(id: number, branch: number, name: string): JournalEvent {
  return { ...base, type: "TaskStateEntered", id, branch, details: { name } } as JournalEvent;
}

function scheduled(id: number, branch: number): JournalEvent {
  return { ...base, type: "LambdaFunctionScheduled", id, branch, details: {} } as JournalEvent;
}

test("retries, iterations and loops of one state share its count; other states have their own", () => {
  const attempts = createTaskAttempts();
  attempts.note([entered(2, 1, "A"), scheduled(3, 1), entered(4, 2, "A"), scheduled(5, 2)]);
  attempts.note([scheduled(6, 1), entered(7, 1, "B"), scheduled(8, 1)]);
  attempts.note([entered(9, 1, "A"), scheduled(10, 1)]);
  expect([3, 5, 6, 8, 10].map((taskId) => attempts.of(taskId))).toEqual([0, 1, 2, 0, 3]);
});
