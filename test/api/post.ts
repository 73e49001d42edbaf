import { request, type OutgoingHttpHeaders } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** The parsed text, or `undefined` if it is not JSON. */
  readonly body: unknown;
}

/** A request as a client of the protocol makes it, with everything replaceable. A string is sent as it is. */
export function post(
  port: number,
  operation: string,
  input: unknown,
  options: {
    readonly headers?: OutgoingHttpHeaders;
    readonly method?: string;
    readonly path?: string;
  } = {},
): Promise<Answer> {
  const body = typeof input === "string" ? input : JSON.stringify(input);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        agent: false,
        method: options.method ?? "POST",
        path: options.path ?? "/",
        headers: {
          "Content-Type": "application/x-amz-json-1.0",
          "X-Amz-Target": `AWSStepFunctions.${operation}`,
          "Content-Length": Buffer.byteLength(body),
          ...options.headers,
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: parsed(text),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(options.method === "GET" ? undefined : body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
