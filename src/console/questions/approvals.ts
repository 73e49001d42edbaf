import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { WaitingForTask } from "../../machine/snapshot.ts";
import { errors } from "../../service/errors/errors.ts";
import { askedQuestion, isTokenName } from "./asked-question.ts";
import type { LiveExecution } from "../execution/live-executions.ts";
import type { ApprovalView } from "../view-types.ts";

/** Our choice: tasks of one execution that are listed. */
const mostOfOne = 100;

/** What an execution waits for an answer to. `comment` tells the comment of a state, `taskToken` what is to be hidden. */
export function approvalsOf(
  { record, fold }: LiveExecution,
  stateMachineName: string,
  comment: (key: string) => string | undefined,
  taskToken: (executionArn: string, taskId: number) => string,
): readonly ApprovalView[] {
  const { executionArn } = record;
  const found: ApprovalView[] = [];
  const { visits } = fold.visits(
    ({ status }) => status === "waiting" || status === "running",
    0,
    Infinity,
  );
  for (const visit of visits) {
    if (found.length >= mostOfOne) break;
    const attempt = visit.attempts.at(-1);
    const waiting = attempt && fold.waitingTask(attempt.id);
    if (attempt === undefined || waiting === undefined) continue;
    if (!isAsked(waiting)) continue;
    const isActivity = waiting.kind === "activity";
    // The function or queue that hands the question on has not been called yet.
    if (!isActivity && attempt.submittedAt === undefined) continue;
    const parameters = withoutTokens(waiting.parameters, taskToken(executionArn, attempt.id));
    const { title = visit.name, text, schema, facts } = askedQuestion(parameters.value);
    const explained = text ?? comment(visit.key);
    const due = dueOf(waiting);
    found.push({
      executionArn,
      taskId: attempt.id,
      stateMachineName,
      stateMachineArn: record.stateMachineArn,
      executionName: record.name,
      stateName: visit.name,
      key: visit.key,
      since: attempt.scheduledAt,
      ...(due !== undefined && { due }),
      ...(visit.resource !== undefined && { resource: visit.resource }),
      ...(isActivity && { isTaken: waiting.started }),
      title,
      ...(explained !== undefined && { text: explained }),
      facts,
      parameters: parameters.text,
      ...(schema !== undefined && { schema }),
    });
  }
  return found;
}

/** Whether it is ended by its token. */
export function isAsked({ callback, kind }: WaitingForTask): boolean {
  return callback || kind === "activity";
}

export type ApprovalAnswer = { readonly executionArn: string; readonly taskId: number } & (
  { readonly output: string } | { readonly error?: string; readonly cause?: string }
);

/** What a page sends: an answer is one or the other, and never a guess. Throws the API's error for anything else. */
export function approvalAnswer(given: unknown): ApprovalAnswer {
  const { executionArn, taskId, output, error, cause }: Readonly<Record<string, unknown>> =
    isJsonObject(given) ? given : {};
  const isFailure = output === undefined && (error !== undefined || cause !== undefined);
  if (
    typeof executionArn !== "string" ||
    !Number.isSafeInteger(taskId) ||
    !(typeof output === "string" || isFailure) ||
    !isTextIfAny(error) ||
    !isTextIfAny(cause) ||
    (output !== undefined && (error !== undefined || cause !== undefined))
  ) {
    throw errors.validation(
      "An answer has 'executionArn', 'taskId', and the text 'output' or 'error' and 'cause'",
    );
  }
  const task = { executionArn, taskId: taskId as number };
  if (typeof output === "string") return { ...task, output };
  return { ...task, ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

/** Which task a page means. Throws the API's error for anything else. */
export function askedTask(given: unknown): {
  readonly executionArn: string;
  readonly taskId: number;
} {
  const { executionArn, taskId }: Readonly<Record<string, unknown>> = isJsonObject(given)
    ? given
    : {};
  if (typeof executionArn !== "string" || !Number.isSafeInteger(taskId)) {
    throw errors.validation("A question is known by its 'executionArn' and 'taskId'");
  }
  return { executionArn, taskId: taskId as number };
}

/** Our choice: characters of the name that somebody gives. */
const longestName = 80;

/** What somebody calls themselves; nothing where they do not say, or say what is no name. */
export function answererName(given: unknown): { readonly name?: string } {
  const { name }: Readonly<Record<string, unknown>> = isJsonObject(given) ? given : {};
  if (typeof name !== "string") return {};
  const shown = name
    .replaceAll(/\p{C}+/gu, " ")
    .trim()
    .slice(0, longestName);
  return shown === "" ? {} : { name: shown };
}

function isTextIfAny(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

/** When the first of its time-outs is over; the heartbeat's counts from the last sign of life. */
function dueOf(waiting: WaitingForTask): number | undefined {
  const { timeoutSeconds, heartbeatSeconds, scheduledAt, aliveAt } = waiting;
  const ends = [
    timeoutSeconds === undefined ? Infinity : scheduledAt + timeoutSeconds * 1_000,
    heartbeatSeconds === undefined || aliveAt === undefined
      ? Infinity
      : aliveAt + heartbeatSeconds * 1_000,
  ];
  const due = Math.min(...ends);
  return Number.isFinite(due) ? due : undefined;
}

const mask = "••••••";
/** Shorter strings are no tokens, and would be found in the midst of others. */
const shortestToken = 16;

/** Whoever has a token can answer without being asked who he is: it leaves the server in no view. */
function withoutTokens(parameters: Payload, taskToken: string): Payload {
  const { text, value } = parameters;
  let masked = text;
  for (const token of [taskToken, ...tokensIn(value)]) {
    masked = masked.replaceAll(JSON.stringify(token).slice(1, -1), mask);
  }
  return masked === text ? parameters : Payload.parse(masked);
}

function tokensIn(value: JsonValue): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(tokensIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "string" && isTokenName(name) && member.length >= shortestToken
      ? [member]
      : tokensIn(member),
  );
}
