import { createHmac, timingSafeEqual } from "node:crypto";
import type { TaskId } from "../../machine/ids.ts";
import { exactBytes } from "../../runtime/exact-bytes.ts";

/** What a link stands for: one task, for a while. */
export interface ApprovalLink {
  readonly executionArn: string;
  readonly taskId: TaskId;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const sealBytes = 16;

/**
 * Makes and reads the secret part of a link to a question. It is sealed with the store's secret, and is no task token:
 * who has it can see the question and answer it on its page until it expires, and can do nothing else with it.
 */
export class ApprovalLinks {
  readonly #key: Buffer;

  /** `secret` is that of the store, which seals other things, too: the purpose keeps them apart. */
  constructor(secret: string) {
    this.#key = createHmac("sha256", Buffer.from(secret, "base64"))
      .update("links to approvals")
      .digest();
  }

  seal({ executionArn, taskId, expiresAt }: ApprovalLink): string {
    const text = Buffer.from(`${taskId} ${expiresAt} ${executionArn}`);
    return Buffer.concat([this.#sealOf(text), text]).toString("base64url");
  }

  /** `undefined` for what was not sealed here. That it has expired is the caller's to see. */
  open(sealed: string): ApprovalLink | undefined {
    const bytes = exactBytes(sealed, "base64url");
    if (bytes === undefined || bytes.length <= sealBytes) return undefined;
    const text = bytes.subarray(sealBytes);
    if (!timingSafeEqual(bytes.subarray(0, sealBytes), this.#sealOf(text))) return undefined;
    const [, taskId, expiresAt, executionArn = ""] =
      /^(\d+) (\d+) (.*)$/s.exec(text.toString()) ?? [];
    return { executionArn, taskId: Number(taskId), expiresAt: Number(expiresAt) };
  }

  #sealOf(text: Buffer): Buffer {
    return createHmac("sha256", this.#key).update(text).digest().subarray(0, sealBytes);
  }
}
