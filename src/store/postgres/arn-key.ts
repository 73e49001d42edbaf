import { hash } from "node:crypto";

/**
 * A short name for an ARN, for keys and indexes: the first 63 bits of its SHA-256 as a decimal number. It needs no counter
 * that all nodes would share. Two ARNs with one key are noticed where they are first stored (`arns.ts`).
 */
export function arnKey(arn: string): string {
  return (BigInt(`0x${hash("sha256", arn, "hex").slice(0, 16)}`) >> 1n).toString();
}
