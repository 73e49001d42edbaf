/**
 * A partition has gone to another process, or can no longer be kept: why a call that had begun in it ended without an
 * answer. What it wanted may have been done. Who asks again finds the next owner.
 */
export class PartitionLost extends Error {
  override readonly name = "PartitionLost";
}
