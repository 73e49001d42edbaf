import type { TaskControl, TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { resultTooLong } from "../aws/call-failures.ts";
import { isJob } from "../described/described-action.ts";
import { requestDocument } from "./request-document.ts";
import { type HttpStandIn, usualTimeoutSeconds } from "./stand-in.ts";
import { failedWith, succeededWith, taskFailed } from "./stand-in-answer.ts";

/** Our choice: longer answers than this can be no result, which has 256 KiB at most. */
const mostCharacters = 1_048_576;
/** Our choice: how much of an answer goes into the cause that it stands for. */
const causeCharacters = 4_096;

/** Posts the request: an answer with a status of 200 to 299 is the result, any other an error. */
export async function callHttp(
  standIn: HttpStandIn,
  request: TaskRequest,
  control: TaskControl,
): Promise<TaskOutcome> {
  const usual = usualTimeoutSeconds[isJob(request.resource) ? "job" : "call"];
  const timeLimit = AbortSignal.timeout((standIn.timeoutSeconds ?? usual) * 1_000);
  try {
    const response = await fetch(standIn.http, {
      method: "POST",
      headers: { "content-type": "application/json", ...standIn.headers },
      body: requestDocument(request),
      signal: AbortSignal.any([control.signal, timeLimit]),
    });
    const body = await bodyOf(response);
    if (body === undefined) return resultTooLong(request);
    if (response.ok) return succeededWith(body);
    const { status, statusText } = response;
    return failedWith(body, `${status} ${statusText}: ${body}`.slice(0, causeCharacters));
  } catch (error) {
    if (control.signal.aborted) return { type: "pending" };
    if (timeLimit.aborted) return taskFailed(`${standIn.http} did not answer in time.`);
    return taskFailed(`${standIn.http} could not be called: ${reasonOf(error)}`);
  }
}

async function bodyOf(response: Response): Promise<string | undefined> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > mostCharacters) return undefined;
  }
  return text + decoder.decode();
}

/** `fetch` fails with "fetch failed"; what happened is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
