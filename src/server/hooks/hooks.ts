import { createHmac } from "node:crypto";
import type { LinkedTask } from "../../ports/task-links.ts";
import { createTaskTokens } from "../../runtime/tasks/task-token.ts";

/** Where the URLs of webhooks are. */
export const hookPath = "/hooks/";

/** Makes and reads the secret part of a webhook's URL. */
export interface Hooks {
  seal(task: LinkedTask): Promise<string>;
  /** `undefined` for anything that this store did not seal for this purpose. */
  open(sealed: string): Promise<LinkedTask | undefined>;
}

/**
 * Hooks are made like task tokens, with a key of their own: a hook is no task token and no link to a question, and none of those
 * is a hook. Nothing is stored for them.
 */
export function createHooks(secret: Promise<string>): Hooks {
  const tokens = secret.then((text) => {
    const key = createHmac("sha256", Buffer.from(text, "base64")).update("webhooks").digest();
    return createTaskTokens(key.toString("base64"));
  });
  // Whoever asks first is told that there is no secret; until then nobody is.
  tokens.catch(() => {});
  return {
    seal: async ({ executionArn, taskId }) => (await tokens).seal(executionArn, taskId),
    open: async (sealed) => (await tokens).open(sealed),
  };
}
