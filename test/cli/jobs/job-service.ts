import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Whoever runs the job of a test, in the test's own process or beside it: it outlives the server that asked for the job. */
export interface JobService {
  /** The one state of the definition, without what every state has. */
  readonly task: { readonly Resource: string; readonly Parameters: object };
  /** Tasks of that kind that run at once. */
  readonly tasks?: number;
  readonly configuration?: object;
  readonly environment?: { readonly [name: string]: string };
  /** Resolves when the job runs and the server waits for its end. */
  underWay(): Promise<void>;
  /** The job ends well. */
  finish(): void;
  /** What was asked of the service, or done by it, that changes anything. */
  readonly changes: () => readonly string[];
  readonly submission: readonly string[];
  readonly cancel: readonly string[];
  /** What the result of each task has. */
  readonly result: object;
}

/** A call as a stand-in of a service of AWS gets it. */
export interface AwsCall {
  /** `RunTask`, or `POST /clusters` of services with paths. */
  readonly operation: string;
  readonly input: { readonly [member: string]: unknown };
}

/** A service of AWS on the loopback until the test ends. */
export async function standInService(answer: (call: AwsCall) => object): Promise<{
  readonly url: string;
  readonly calls: AwsCall[];
  called(operation: string): Promise<void>;
}> {
  const calls: AwsCall[] = [];
  let heard: (() => void)[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const target = request.headers["x-amz-target"];
      const operation =
        typeof target === "string"
          ? (target.split(".").at(-1) as string)
          : `${request.method} ${request.url}`;
      const input = (body === "" ? {} : JSON.parse(body)) as AwsCall["input"];
      calls.push({ operation, input });
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(answer({ operation, input })));
      for (const hear of heard.splice(0)) hear();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async called(operation) {
      while (!calls.some((call) => call.operation === operation)) {
        await new Promise<void>((resolve) => (heard = [...heard, resolve]));
      }
    },
  };
}
