/** *Promised*: nothing that is sent holds the event loop up for longer, on a core that has nothing else to do. */
const longestStallMs = 100;
/** Our choice: how far what is measured on a busy machine may be off. */
const doubt = 1.5;

/** An input held the thread up for too long. */
export class Stall extends Error {
  override readonly name = "Stall";

  constructor(milliseconds: number) {
    super(`The thread was held up for ${Math.round(milliseconds)} ms of an idle core`);
  }
}

/**
 * Does the work, and throws if it held up this thread for too long, in milliseconds of its processor time: by the wall's clock a busy
 * machine would look like a slow engine. What was slow once is measured again: the compiler and the collector come when they like.
 */
export function refuseStall(work: () => void): void {
  refuseStalls((turn) => turn(work));
}

/** The same for work in turns, after each of which others have the thread. */
export function refuseStalls(work: (turn: (part: () => void) => void) => void): void {
  let shortest = Number.POSITIVE_INFINITY;
  for (let times = 0; times < 3; times++) {
    let longest = 0;
    work((part) => {
      const before = threadMs();
      part();
      longest = Math.max(longest, threadMs() - before);
    });
    shortest = Math.min(shortest, longest);
    if (shortest <= longestStallMs) return;
  }
  refuse(shortest);
}

/** Throws for what took too long even for a core that is as slow now as this one. */
function refuse(milliseconds: number): void {
  const ofIdleCore = milliseconds / slowness();
  if (ofIdleCore > doubt * longestStallMs) throw new Stall(ofIdleCore);
}

/** Watches the event loop while others use it. */
export interface StallWatch {
  /** Does the work, twice if the loop stalled meanwhile, and throws if it stalled both times. */
  during(work: () => Promise<void>): Promise<void>;
  stop(): void;
}

/** Our choice: how often it looks. */
const everyMs = 5;

/**
 * What `monitorEventLoopDelay` tells, but for what other processes took: a turn of the loop counts with the lesser of its time by the
 * clock and of its processor time.
 */
export function watchStalls(): StallWatch {
  let longest = 0;
  let wall = performance.now();
  let thread = threadMs();
  const timer = setInterval(() => {
    const [wallNow, threadNow] = [performance.now(), threadMs()];
    longest = Math.max(longest, Math.min(wallNow - wall, threadNow - thread) - everyMs);
    [wall, thread] = [wallNow, threadNow];
  }, everyMs);
  return {
    async during(work) {
      let shortest = Number.POSITIVE_INFINITY;
      for (let times = 0; times < 2; times++) {
        longest = 0;
        await work();
        shortest = Math.min(shortest, longest);
        if (shortest <= longestStallMs) return;
      }
      refuse(shortest);
    },
    stop: () => clearInterval(timer),
  };
}

/** How long the work below takes where nothing else runs: measured on the machine whose figures docs/reliability.md has. */
const idleMs = 6;

/** How many times slower than an idle core this one is at the moment: caches and siblings are shared with others. */
function slowness(): number {
  const before = threadMs();
  for (let times = 0; times < 20; times++) {
    const made = Array.from({ length: 10_000 }, (_, index) => ({ index }));
    if (made.length === 0) break;
  }
  return Math.max(1, (threadMs() - before) / idleMs);
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
