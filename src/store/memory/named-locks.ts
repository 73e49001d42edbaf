import type { EpochMs } from "../../machine/ids.ts";

/** Who has each lock, and until when. */
export type HeldLocks = Map<string, { readonly holder: string; readonly until: EpochMs }>;

/** Takes a lock that nobody else has; says whether it did. */
export function takeLock(
  locks: HeldLocks,
  name: string,
  taken: { readonly holder: string; readonly now: EpochMs; readonly forMs: number },
): boolean {
  const { holder, now, forMs } = taken;
  const held = locks.get(name);
  if (held !== undefined && held.holder !== holder && held.until >= now) return false;
  locks.set(name, { holder, until: now + forMs });
  return true;
}

export function giveLockBack(locks: HeldLocks, name: string, holder: string): void {
  if (locks.get(name)?.holder === holder) locks.delete(name);
}
