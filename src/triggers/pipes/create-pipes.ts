import type { ArnScope } from "../../machine/arns.ts";
import type { Logger } from "../../ports/logger.ts";
import { pipesApi } from "./api/pipes-api.ts";
import { PipeBook } from "./pipe-book.ts";
import type { PipeServices } from "./pipe-caller.ts";
import type { PipeRecord } from "./pipe-record.ts";
import { PipeRunner } from "./pipe-runner.ts";
import type { Pipes } from "./pipes.ts";
import { configuredPipe, type PipesConfiguration } from "./pipes-configuration.ts";
import { openSource, type SourceServices } from "./sources/open-source.ts";
import { wait } from "./wait.ts";

export interface PipesOptions extends PipeServices, SourceServices {
  readonly scope: ArnScope;
  readonly configured?: PipesConfiguration | undefined;
  readonly logger: Logger;
  /** Whether this node is to run the pipe of this ARN. */
  readonly isMine: (arn: string) => boolean;
  /** What else is run as pipes are: the queues that Lambda polls for functions. */
  readonly mapped: () => Promise<readonly PipeRecord[]>;
  /** Whether other nodes change pipes. */
  readonly isShared: boolean;
}

/** *Our choice*: how often a node looks for what others have changed. */
const lookAgainMs = 5_000;

/** Throws for a configuration that can never run. */
export function createPipes(options: PipesOptions): Pipes {
  const { store, clock, logger, scope, configured = {} } = options;
  const book = new PipeBook(store);
  const own = Object.entries(configured).map(([name, given]) => configuredPipe(name, given, scope));
  const runners = new Map<string, PipeRunner>();
  const ending = new AbortController();
  let isStarted = false;
  let looking: Promise<void> = Promise.resolve();
  let watching: Promise<void> = Promise.resolve();

  /** Makes what runs be what is to run. */
  async function look(): Promise<void> {
    if (!isStarted || ending.signal.aborted) return;
    const wanted = new Map(
      [...(await book.all()), ...own, ...(await options.mapped())]
        .filter(({ DesiredState }) => DesiredState === "RUNNING")
        .map((pipe) => [pipe.Arn, pipe] as const),
    );
    for (const [arn, runner] of runners) {
      const pipe = wanted.get(arn);
      if (pipe !== undefined && isSame(pipe, runner.pipe)) continue;
      runners.delete(arn);
      await runner.stop();
    }
    for (const [arn, pipe] of wanted) {
      if (runners.has(arn)) continue;
      runners.set(
        arn,
        new PipeRunner(pipe, { ...options, services: options, openSource: open, report }),
      );
    }
  }

  const open = (pipe: PipeRecord) => openSource(options, pipe);
  const report = (arn: string, problem: string | undefined) => book.report(arn, problem);

  /** One after another: two at once would begin a pipe twice. */
  function changed(): Promise<void> {
    looking = looking.then(look).catch((error: unknown) => {
      logger.warn("pipes could not be read", { reason: String(error) });
    });
    return looking;
  }

  async function watch(): Promise<void> {
    while (!ending.signal.aborted) {
      await wait(clock, lookAgainMs, ending.signal);
      await changed();
    }
  }

  return {
    api: pipesApi({ book, clock, own, changed }),
    mappings: { changed, problem: (arn) => book.problem(arn) },
    async all() {
      const known = [
        ...own.map((pipe) => ({ pipe, isConfigured: true })),
        ...(await book.all()).map((pipe) => ({ pipe, isConfigured: false })),
      ];
      return Promise.all(
        known.map(async (one) => ({ ...one, problem: await book.problem(one.pipe.Arn) })),
      );
    },
    start() {
      isStarted = true;
      void changed();
      if (options.isShared) watching = watch();
    },
    async stop() {
      ending.abort();
      await Promise.all([watching, looking]);
      await Promise.all([...runners.values()].map((runner) => runner.stop()));
    },
  };
}

function isSame(one: PipeRecord, other: PipeRecord): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
