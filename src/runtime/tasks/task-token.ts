import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import type { TaskId } from "../../machine/ids.ts";
import { exactBytes } from "../exact-bytes.ts";

/** The address of one task attempt. */
export interface TaskAddress {
  readonly executionArn: string;
  readonly taskId: TaskId;
}

/** Makes and reads task tokens. */
export interface TaskTokens {
  seal(executionArn: string, taskId: TaskId): string;
  /** `undefined` for anything that this store did not seal. */
  open(token: string): TaskAddress | undefined;
}

/** Bytes of the seal: 128 bits cannot be guessed. */
const sealBytes = 16;

/**
 * A token is the attempt's address under a seal of the store's secret, in URL-safe base64. Nothing is stored for it,
 * the same attempt always has the same token, and nobody without the secret can make one.
 */
export function createTaskTokens(secret: string): TaskTokens {
  // Made once: an HMAC with a key of bytes makes such an object each time, and takes six times as long.
  const key = createSecretKey(secret, "base64");
  const sealOf = (address: Buffer): Buffer =>
    createHmac("sha256", key).update(address).digest().subarray(0, sealBytes);
  return {
    seal(executionArn, taskId) {
      const address = Buffer.from(`${taskId} ${executionArn}`);
      return Buffer.concat([sealOf(address), address]).toString("base64url");
    },
    open(token) {
      const bytes = exactBytes(token, "base64url");
      if (bytes === undefined || bytes.length <= sealBytes) return undefined;
      const address = bytes.subarray(sealBytes);
      if (!timingSafeEqual(bytes.subarray(0, sealBytes), sealOf(address))) return undefined;
      const text = address.toString();
      const space = text.indexOf(" ");
      return { taskId: Number(text.slice(0, space)), executionArn: text.slice(space + 1) };
    },
  };
}
