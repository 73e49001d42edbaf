import { hash } from "node:crypto";

/** Digits of a hash that are used: 32 bits. */
const digits = 8;

/**
 * The partition, from 0, of an execution, or of an activity's queue, by its ARN: a name is used twice only within one
 * partition. It must never come out differently for data that are stored, so it is plain: the first 32 bits of the
 * SHA-256 of the ARN, modulo the partitions.
 */
export function partitionOf(arn: string, partitions: number): number {
  if (partitions === 1) return 0;
  return Number.parseInt(hash("sha256", arn, "hex").slice(0, digits), 16) % partitions;
}
