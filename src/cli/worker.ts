import { runProgram } from "../worker/run-program.ts";
import { runWorker } from "../worker/run-worker.ts";
import { parseArguments } from "./arguments.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import { ownerCredentials } from "./owner-credentials.ts";
import type { Command } from "./main.ts";

const help = `Work on the tasks of an activity, of a Stepwell or of AWS, with a program.

Usage: stepwell worker --activity ARN --run COMMAND [OPTIONS]

COMMAND is a line for the shell, run once for each task: the task's input is on its stdin, its stdout is the task's output (JSON, else a
string). An exit status other than 0 fails the task; {"errorType": …, "errorMessage": …} on stdout says with which error.

Options:
  --activity ARN     The activity
  --run COMMAND      What does the work
  --concurrency N    How many tasks at a time; 1
  --heartbeat S      Every how many seconds a task is said to be alive; 30
  --endpoint URL     Where Step Functions is; AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL, else AWS
  --name NAME        What the service shows of the worker; this machine's name
  --grace S          How long running tasks may go on after a signal, before they are failed; 60
  --help, -h         Show this

Credentials are found as the AWS SDK finds them. For a Stepwell on this machine that asks for signatures they
are, where none are configured, those of its owner: in its data directory.
Ctrl+C (SIGINT) or SIGTERM stops in order; a second one at once.
`;

/** Our choice: each has a poll and a process of its own. */
const mostConcurrency = 100;

/** `stepwell worker`: works until a signal, or until the service says that it never will. */
export const worker: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      activity: { type: "string" },
      run: { type: "string" },
      concurrency: { type: "string" },
      heartbeat: { type: "string" },
      endpoint: { type: "string" },
      name: { type: "string" },
      grace: { type: "string" },
    });
    if (positionals.length > 0) {
      throw new UsageError(`worker takes options only, not '${positionals.join(" ")}'.`);
    }
    const { activity, run, endpoint, name } = values;
    if (activity === undefined) throw new UsageError("--activity ARN is missing.");
    if (!/^arn:[^:]+:states:[^:]+:[^:]*:activity:.+$/.test(activity)) {
      throw new UsageError(`--activity is an activity's ARN, not '${activity}'.`);
    }
    if (run === undefined || run.trim() === "") throw new UsageError("--run COMMAND is missing.");
    if (endpoint !== undefined && !/^https?:\/\/./.test(endpoint)) {
      throw new UsageError(`--endpoint is a URL, not '${endpoint}'.`);
    }
    const graceSeconds = numberOf("--grace", values.grace, 60, 86_400, 0);
    const server =
      endpoint ?? process.env["AWS_ENDPOINT_URL_SFN"] ?? process.env["AWS_ENDPOINT_URL"] ?? "";
    const credentials = await ownerCredentials(server, process.env);
    const working = runWorker(
      {
        activityArn: activity,
        concurrency: numberOf("--concurrency", values.concurrency, 1, mostConcurrency),
        heartbeatSeconds: numberOf("--heartbeat", values.heartbeat, 30, 86_400),
        ...(endpoint !== undefined && { endpoint }),
        ...(name !== undefined && { name }),
        ...(credentials && { credentials }),
        log: (text) => void process.stderr.write(`${new Date().toISOString()} ${text}\n`),
      },
      (task, signal) => runProgram(run, task, signal, activity),
    );
    stopOnSignals(() => void working.stop(graceSeconds));
    await working.finished.catch((reason: unknown) => {
      throw new CommandFailure(`There are no tasks for this worker: ${(reason as Error).message}`, {
        cause: reason,
      });
    });
    return 0;
  },
};

function numberOf(
  option: string,
  text: string | undefined,
  usual: number,
  most: number,
  least = 1,
): number {
  if (text === undefined) return usual;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${option} is a whole number from ${least} to ${most}, not '${text}'.`);
}

/** The first signal stops in order; another one at once. */
function stopOnSignals(stop: () => void): void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    stop();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}
