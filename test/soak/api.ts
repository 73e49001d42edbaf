import { Agent, request } from "node:http";

/** What became of a call: an answer, an error that the API answered with, or nothing (the server was killed), and why. */
export type Answer =
  | { readonly type: "ok"; readonly body: Readonly<Record<string, unknown>> }
  | {
      readonly type: "error";
      readonly status: number;
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: "lost"; readonly reason: string };

/** The API of a server that may go away at any moment. */
export interface Api {
  call(operation: string, input: object, waitSeconds?: number): Promise<Answer>;
  close(): void;
}

/** `limitMs` says how long an answer is waited for, where that has a limit. */
export function createApi(port: number, limitMs?: (operation: string) => number): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  return {
    async call(operation, input, waitSeconds) {
      return new Promise((resolve) => {
        const lost = (reason: string): void => resolve({ type: "lost", reason });
        const broken = (error: NodeJS.ErrnoException): void => lost(error.code ?? error.message);
        const sent = request(
          {
            agent,
            host: "127.0.0.1",
            port,
            method: "POST",
            headers: {
              "Content-Type": "application/x-amz-json-1.0",
              "X-Amz-Target": `AWSStepFunctions.${operation}`,
              ...(waitSeconds === undefined ? {} : { "x-stepwell-wait-seconds": waitSeconds }),
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("error", broken);
            response.on("aborted", () => lost("aborted"));
            response.on("end", () => {
              resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
            });
          },
        );
        sent.on("error", broken);
        if (limitMs !== undefined) {
          sent.setTimeout(limitMs(operation), () => {
            lost("no answer in time");
            sent.destroy();
          });
        }
        sent.end(JSON.stringify(input));
      });
    },
    close() {
      agent.destroy();
    },
  };
}

function answerOf(status: number, text: string): Answer {
  const body = JSON.parse(text) as Record<string, unknown>;
  if (status === 200) return { type: "ok", body };
  const code = String(body["__type"]).split("#").at(-1) ?? "";
  return { type: "error", status, code, message: String(body["message"]) };
}
