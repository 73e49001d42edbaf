import { setTimeout as pause } from "node:timers/promises";
import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import { type AwsCredentials, signedHeaders } from "../../integrations/aws/signature.ts";
import { CommandFailure } from "../errors.ts";

/** Step Functions of an account, as far as it is read. */
export interface Account {
  readonly region: string;
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  /** All pages of a list, member by member. */
  list(operation: string, input: JsonObject, member: string): AsyncGenerator<JsonObject>;
}

export interface AccountOptions {
  readonly region: string;
  /** AWS's endpoint, or that of another server. */
  readonly endpoint: string;
  readonly credentials: () => Promise<AwsCredentials>;
  /** How long the first try that was one too many waits for the next; each next waits twice as long. Tests wait less. */
  readonly pauseMs?: number;
}

/** Our choice: with pauses that double from 200 ms, half a minute. */
const mostTries = 8;

/** Calls are signed and sent by ourselves: the client of the AWS SDK for Step Functions does not ship. */
export function openAccount(options: AccountOptions): Account {
  const { region, endpoint, credentials, pauseMs = 200 } = options;
  const url = new URL(endpoint);

  async function send(operation: string, body: string): Promise<Response> {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `AWSStepFunctions.${operation}`,
    };
    const scope = {
      service: "states",
      region,
      credentials: await credentials(),
      at: Date.now(),
    };
    const signed = await signedHeaders({ method: "POST", url, headers, body }, scope);
    try {
      return await fetch(url, { method: "POST", headers: signed, body });
    } catch (error) {
      throw new CommandFailure(`Nobody answers at ${endpoint}.`, { cause: error });
    }
  }

  async function call(operation: string, input: JsonObject): Promise<JsonObject> {
    for (let attempt = 1; ; attempt++) {
      const response = await send(operation, JSON.stringify(input));
      const answer = (await response.json().catch(() => ({}))) as JsonObject;
      if (response.ok) return answer;
      const code = textOf(answer["__type"]).split("#").at(-1) ?? "";
      if (!isPassing(response.status, code) || attempt === mostTries) {
        const message = textOf(answer["message"] ?? answer["Message"]);
        throw new CommandFailure(
          `${operation} was refused: ${code || response.status} ${message}`.trim(),
        );
      }
      await pause(pauseMs * 2 ** (attempt - 1));
    }
  }

  return {
    region,
    call,
    async *list(operation, input, member) {
      let nextToken: string | undefined;
      do {
        const page = await call(operation, {
          ...input,
          ...(nextToken !== undefined && { nextToken }),
        });
        yield* (page[member] ?? []) as readonly JsonObject[];
        nextToken = typeof page["nextToken"] === "string" ? page["nextToken"] : undefined;
      } while (nextToken !== undefined);
    },
  };
}

/** *Documented*: what is refused for being too much at once is taken later. */
function isPassing(status: number, code: string): boolean {
  return status >= 500 || status === 429 || /Throttl|TooManyRequests|RequestLimit/.test(code);
}
