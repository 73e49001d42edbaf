import type { Serial } from "../ports/serial.ts";

/** A fresh {@link Serial} of this process; it holds nothing of a key that has no task. */
export function createSerial(): Serial {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
