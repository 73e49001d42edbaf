import { fork } from "node:child_process";
import { join } from "node:path";
import type { LoadPlan, LoadResult } from "./load-plan.ts";

/** Performs a plan in a process of its own. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const generator = fork(join(import.meta.dirname, "generator.ts"), { serialization: "advanced" });
  try {
    return await new Promise((resolve, reject) => {
      generator.once("message", (answer: { result?: LoadResult; error?: string }) => {
        if (answer.result !== undefined) resolve(answer.result);
        else reject(new Error(`load generator: ${answer.error}`));
      });
      generator.once("error", reject);
      generator.once("exit", (code) => reject(new Error(`the load generator ended with ${code}`)));
      generator.send(plan);
    });
  } finally {
    generator.removeAllListeners("exit");
    generator.disconnect();
  }
}
