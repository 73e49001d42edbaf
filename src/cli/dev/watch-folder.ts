import { watch } from "node:fs";

/** Our choice: an editor writes a file in several steps, which come within this. */
const settleMs = 60;

/** What changes while somebody works, and is no part of what is deployed. */
const ignored =
  /(?:^|[\\/])(?:node_modules|\.git|\.stepwell|\.aws-sam|\.serverless|__pycache__)(?:[\\/]|$)|~$|\.sw[px]$/;

/**
 * Calls `changed` with the files that have changed beneath a folder, once for what changes together, and not again before it has come to
 * its end. Ends with `signal`.
 */
export function watchFolder(
  folder: string,
  changed: (files: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): void {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;

  async function tell(): Promise<void> {
    timer = undefined;
    if (isBusy || waiting.size === 0) return;
    const files = [...waiting];
    waiting.clear();
    isBusy = true;
    try {
      await changed(files);
    } finally {
      isBusy = false;
      if (waiting.size > 0) settle();
    }
  }

  function settle(): void {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(() => void tell(), settleMs);
  }

  watch(folder, { recursive: true, signal }, (_, file) => {
    if (file === null || ignored.test(file)) return;
    waiting.add(file);
    settle();
  });
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}
