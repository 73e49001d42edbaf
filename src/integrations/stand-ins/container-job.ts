import type { TaskRequest } from "../../ports/task-handler.ts";
import type { LocalJob } from "../local-jobs/local-jobs.ts";
import { taskEnvironment } from "./command-job.ts";
import type { ContainerOverrides } from "./container-overrides.ts";
import { requestDocument } from "./request-document.ts";
import { type ContainerStandIn, usualTimeoutSeconds } from "./stand-in.ts";

/**
 * The container as a job: `run --rm` with the command and the environment that the task gives it. Its variables go by a
 * file, so that nobody sees them in the list of processes.
 */
export function containerJob(
  engine: string,
  standIn: ContainerStandIn,
  overrides: ContainerOverrides,
  request: TaskRequest,
  id: string,
  workingFolder: string,
): LocalJob {
  const name = `stepwell-${id}`;
  const variables = Object.entries({
    ...taskEnvironment(request),
    ...standIn.environment,
    ...overrides.environment,
  });
  // A line of that file cannot hold a line break.
  const [inArguments, inFile] = [
    variables.filter(([, value]) => /[\r\n]/.test(value)),
    variables.filter(([, value]) => !/[\r\n]/.test(value)),
  ];
  return {
    id,
    command: (folder) => [
      engine,
      "run",
      "--rm",
      "--interactive",
      `--name=${name}`,
      `--env-file=${folder}/environment`,
      ...inArguments.map(([variable, value]) => `--env=${variable}=${value}`),
      ...(standIn.arguments ?? []),
      standIn.container,
      ...overrides.command,
    ],
    workingFolder,
    environment: process.env,
    input: requestDocument(request),
    files: { environment: inFile.map(([variable, value]) => `${variable}=${value}\n`).join("") },
    timeLimitSeconds: standIn.timeoutSeconds ?? usualTimeoutSeconds.job,
    // The client passes a signal on to the container; one that ignores it is still there when the client is gone.
    cleanUp: [engine, "rm", "--force", name],
  };
}
