import type { Worker } from "node:worker_threads";
import { errors } from "../../service/errors/errors.ts";

/**
 * Sends a thread what it is asked. A copy is sent, which takes a stack that a deep value has not: that is the caller's mistake, and
 * throws.
 */
export function askThread(worker: Worker, question: object): void {
  try {
    worker.postMessage(question);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw errors.validation("What is asked is nested too deeply");
  }
}
