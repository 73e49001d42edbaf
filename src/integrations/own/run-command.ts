import { stepwell } from "../../asl/resources/integrations/stepwell.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { isJob } from "../described/described-action.ts";
import { parameterProblems } from "../described/parameter-problems.ts";
import type { FunctionLogSink } from "../functions/invocation.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidField, invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import { jobOutcome } from "../local-jobs/job-outcome.ts";
import type { LocalJobs } from "../local-jobs/local-jobs.ts";
import { commandJob, commandOutcome } from "../stand-ins/command-job.ts";
import { taskFailed } from "../stand-ins/stand-in-answer.ts";

/**
 * `arn:stepwell:states:::run`, also with `.sync`, which survives a restart of the server: one of the commands that the
 * configuration names. A definition cannot name a program itself, so that whoever may write definitions may not run
 * anything on the server's machine.
 */
export function runCommand(
  { commands = {}, configurationFolder = process.cwd(), ids }: IntegrationOptions,
  jobs: LocalJobs,
  printed: FunctionLogSink,
): TaskHandler {
  async function run(
    id: string,
    request: TaskRequest,
    { signal }: TaskControl,
  ): Promise<TaskOutcome> {
    const given = request.parameters.value as JsonObject;
    const name = ownMember(given, "Command") as string;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) return taskFailed(unknownCommand(name, Object.keys(commands)));
    const environment = { ...command.environment, ...textsIn(ownMember(given, "Environment")) };
    const input = ownMember(given, "Input");
    const parts = ownMember(given, "Arguments");
    const job = commandJob({ ...command, environment }, request, id, configurationFolder, {
      arguments: isJsonArray(parts) ? parts.map(text) : [],
      ...(input !== undefined && { input: text(input) }),
    });
    return jobOutcome(
      jobs,
      job,
      signal,
      {
        outlives: isJob(request.resource),
        printed,
        outcomeOf: (status) => commandOutcome(jobs, id, status, request),
      },
      request,
    );
  }

  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "stepwell" &&
      resource.action === "run",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, problemsOf(parameters.value)),
    async run(request, control) {
      const problems = problemsOf(request.parameters.value);
      if (problems.length > 0) return invalidParameters(request.parameters, problems);
      const id = jobs.idOf(ids.uuid());
      if (isJob(request.resource)) await control.submitted(Payload.ofValue({ JobId: id }));
      return run(id, request, control);
    },
    resume(request, submission, control) {
      return run(ownMember(submission.value as JsonObject, "JobId") as string, request, control);
    },
  };
}

/** Our choice: a variable's name is one that a shell can read. */
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function problemsOf(parameters: JsonValue): readonly string[] {
  const problems = parameterProblems(stepwell.run.parameters, parameters);
  const environment = isJsonObject(parameters) ? ownMember(parameters, "Environment") : undefined;
  const names = isJsonObject(environment) ? Object.keys(environment) : [];
  return names.every((name) => variableName.test(name))
    ? problems
    : [...problems, invalidField("Environment")];
}

function textsIn(value: JsonValue | undefined): { readonly [name: string]: string } {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, text(each)]));
}

function text(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function unknownCommand(name: string, known: readonly string[]): string {
  const there = known.length === 0 ? "none is there" : `there are ${known.join(", ")}`;
  return `The configuration has no command '${name}' under commands: ${there}.`;
}
