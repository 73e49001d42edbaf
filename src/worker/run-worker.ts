import { hostname } from "node:os";
import type { AwsCredentials } from "../integrations/aws/signature.ts";
import type { Clock } from "../ports/clock.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { createActivityClient, isAws, sdkCredentials, ServiceRefusal } from "./activity-client.ts";
import { backOff } from "./back-off.ts";
import { mayPass, performTask, type TakenTask, type TaskContext } from "./worker-task.ts";

export interface WorkerSettings {
  readonly activityArn: string;
  /** How many tasks at a time; 1. */
  readonly concurrency?: number;
  /** How often it says that a task is alive; 30. */
  readonly heartbeatSeconds?: number;
  /** Where Step Functions is; `AWS_ENDPOINT_URL_SFN`, `AWS_ENDPOINT_URL`, else AWS. */
  readonly endpoint?: string;
  /** What the service shows of it; this machine's name. */
  readonly name?: string;
  /** Instead of those that the AWS SDK finds. */
  readonly credentials?: AwsCredentials | (() => Promise<AwsCredentials>);
  /** Told what it does, a line at a time. */
  readonly log?: (text: string) => void;
}

/** What tests put in the place of the world's. */
export interface WorkerWorld {
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface Worker {
  /**
   * Takes no new task and lets those that run end for so many seconds (60); then they are ended and failed with
   * `Worker.Stopped`. Resolves when all is over.
   */
  stop(graceSeconds?: number): Promise<void>;
  /** Resolves when it has stopped; rejects with the reason if the service will never give it a task. */
  readonly finished: Promise<void>;
}

const usual = { concurrency: 1, heartbeatSeconds: 30, graceSeconds: 60 };

/** *Documented*: names have 80 characters at most. */
const longestName = 80;

/** Polls for tasks of an activity, as many at a time as it may work on. */
export function runWorker(
  settings: WorkerSettings,
  perform: TaskContext["perform"],
  { clock = systemClock, random = Math.random }: WorkerWorld = {},
): Worker {
  const { activityArn, log = () => {} } = settings;
  const [, partition, region] =
    /^arn:([^:]+):states:([^:]+):[^:]*:activity:.+$/.exec(activityArn) ?? [];
  if (partition === undefined || region === undefined) {
    throw new TypeError(
      `'${activityArn}' is no activity's ARN: arn:aws:states:REGION:ACCOUNT:activity:NAME`,
    );
  }
  const endpoint = settings.endpoint ?? usualEndpoint(partition, region);
  const { credentials = sdkCredentials(endpoint, region, process.env) } = settings;
  const client = createActivityClient({
    endpoint,
    region,
    credentials:
      typeof credentials === "function" ? credentials : () => Promise.resolve(credentials),
  });
  const workerName = (settings.name ?? hostname()).slice(0, longestName);
  const stopping = new AbortController();
  const polling = new AbortController();
  const stopped = new AbortController();
  const context: TaskContext = {
    client,
    clock,
    random,
    log,
    perform,
    heartbeatSeconds: settings.heartbeatSeconds ?? usual.heartbeatSeconds,
    stopped: stopped.signal,
  };

  async function poll(): Promise<TakenTask | undefined> {
    const answer = await client.call(
      "GetActivityTask",
      { activityArn, workerName },
      polling.signal,
    );
    const { taskToken, input } = answer;
    return typeof taskToken === "string" && taskToken !== ""
      ? { taskToken, input: typeof input === "string" ? input : "null" }
      : undefined;
  }

  /** One of the worker's places: a task after the other. */
  async function serve(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        const task = await poll();
        failures = 0;
        // One that a poll brings after the stop has been handed out, and nobody else is given it: it is worked on.
        if (task !== undefined) await performTask(task, context);
      } catch (thrown) {
        if (polling.signal.aborted) return;
        const problem = problemOf(thrown);
        if (isHopeless(thrown)) throw new Error(problem, { cause: thrown });
        failures++;
        log(`no task could be asked for: ${problem}; tried again`);
        await backOff(failures, { clock, random, signal: stopping.signal });
      }
    }
  }

  log(`waits for tasks of ${activityArn} at ${endpoint} as '${workerName}'`);
  const places = Array.from({ length: settings.concurrency ?? usual.concurrency }, serve);
  const finished = Promise.all(places).then(
    () => {},
    (reason: unknown) => {
      stopping.abort();
      polling.abort();
      stopped.abort();
      return Promise.allSettled(places).then(() => Promise.reject(reason as Error));
    },
  );
  // Whoever does not ask how it ended is not told.
  finished.catch(() => {});

  return {
    finished,
    async stop(graceSeconds = usual.graceSeconds) {
      if (!stopping.signal.aborted) log("stops: no new task is taken, and those that run may end");
      stopping.abort();
      // *Documented* by silence: AWS may give a task to a poll whose worker has gone, which then waits for its time-out. So
      // polls there are waited for. This engine takes back a poll whose connection has gone.
      if (!isAws(endpoint)) polling.abort();
      const cancel = clock.schedule(clock.now() + graceSeconds * 1_000, () => {
        polling.abort();
        stopped.abort();
      });
      await finished.catch(() => {});
      cancel();
    },
  };
}

function usualEndpoint(partition: string, region: string): string {
  const { AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL } = process.env;
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return AWS_ENDPOINT_URL_SFN || AWS_ENDPOINT_URL || `https://states.${region}.${suffix}`;
}

/** Asking again gives the same answer for ever; an activity that is not there may be made later. */
function isHopeless(thrown: unknown): boolean {
  if (!(thrown instanceof ServiceRefusal) || mayPass(thrown)) return false;
  return ["InvalidArn", "ValidationException", "UnknownOperationException"].includes(thrown.code);
}

function problemOf(thrown: unknown): string {
  if (thrown instanceof ServiceRefusal) return `${thrown.code}: ${thrown.message}`;
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  return cause instanceof Error ? `${thrown.message}: ${cause.message}` : thrown.message;
}
