import { isJsonObject } from "../../expression/json.ts";
import { parseArn } from "../../service/arns.ts";
import { errors } from "../../service/errors/errors.ts";
import { remembered } from "../index/execution-index.ts";
import type { JobAction } from "../view-types.ts";

/** What a job is asked to do: with the executions that a filter picks, or with these. */
export type JobRequest = {
  readonly action: JobAction;
  readonly isDryRun: boolean;
  readonly error?: string;
  readonly cause?: string;
} & ({ readonly filter: string } | { readonly executionArns: readonly string[] });

export const jobChanges = ["pause", "resume", "cancel"] as const;
export type JobChange = (typeof jobChanges)[number];

/** As many as the list remembers. */
export const mostExecutions = remembered;
/** Documented: StopExecution. */
const longestError = 256;
const longestCause = 32_768;

/** Throws the API's error for what is no job. */
export function jobRequest(given: unknown): JobRequest {
  const { action, filter, executionArns, dryRun, error, cause }: Readonly<Record<string, unknown>> =
    isJsonObject(given) ? given : {};
  if (action !== "stop" && action !== "redrive") {
    throw errors.validation("The 'action' of a job is 'stop' or 'redrive'");
  }
  if (dryRun !== undefined && typeof dryRun !== "boolean") {
    throw errors.validation("'dryRun' is true or false");
  }
  const request = {
    action,
    isDryRun: dryRun === true,
    ...textIfAny("error", error, longestError),
    ...textIfAny("cause", cause, longestCause),
  } as const;
  if (typeof filter === "string" && executionArns === undefined) return { ...request, filter };
  if (!isListOfTexts(executionArns) || filter !== undefined) {
    throw errors.validation("A job has a 'filter' or a list of 'executionArns'");
  }
  const distinct = [...new Set(executionArns)];
  if (distinct.length > mostExecutions) {
    throw errors.validation(`A job has at most ${mostExecutions} executions`);
  }
  for (const arn of distinct) parseArn(arn, "execution", "express");
  return { ...request, executionArns: distinct };
}

export function jobChange(given: unknown): JobChange {
  const asked = isJsonObject(given) ? given["action"] : undefined;
  const change = jobChanges.find((each) => each === asked);
  if (change === undefined) throw errors.validation(`A job can be told ${jobChanges.join(", ")}`);
  return change;
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function textIfAny<N extends string>(
  name: N,
  value: unknown,
  longest: number,
): { readonly [K in N]?: string } {
  if (value === undefined || value === "") return {};
  if (typeof value !== "string" || value.length > longest) {
    throw errors.validation(`'${name}' is a text of at most ${longest} characters`);
  }
  return { [name]: value } as { readonly [K in N]?: string };
}
