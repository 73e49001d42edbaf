import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { call, closed, startServer, temporaryFolder } from "./stepwell.ts";

/** A service with queries that go on until the test says otherwise. */
async function athena() {
  const calls: string[] = [];
  const query = { state: "RUNNING" };
  let heard: (() => void)[] = [];
  const server = createServer((request, response) => {
    const operation = String(request.headers["x-amz-target"]).replace("AmazonAthena.", "");
    calls.push(operation);
    const answers: { [operation: string]: object } = {
      StartQueryExecution: { QueryExecutionId: "q-1" },
      GetQueryExecution: {
        QueryExecution: { QueryExecutionId: "q-1", Status: { State: query.state } },
      },
    };
    response.end(JSON.stringify(answers[operation] ?? {}));
    for (const hear of heard.splice(0)) hear();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    calls,
    query,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async called(operation: string): Promise<void> {
      while (!calls.includes(operation)) {
        await new Promise<void>((resolve) => (heard = [...heard, resolve]));
      }
    },
  };
}

test.each(["SIGKILL", "SIGTERM"] as const)(
  "a job outlives %s, is taken up without a second submission, and is not cancelled",
  async (signal) => {
    const service = await athena();
    const options = { cwd: temporaryFolder(), env: { AWS_ENDPOINT_URL_ATHENA: service.url } };
    const first = await startServer([], options);
    const { stateMachineArn } = await call(first.url, "CreateStateMachine", {
      name: "job",
      roleArn: "arn:aws:iam::000000000000:role/r",
      definition: JSON.stringify({
        StartAt: "Q",
        States: {
          Q: {
            Type: "Task",
            Resource: "arn:aws:states:::athena:startQueryExecution.sync",
            Parameters: { QueryString: "SELECT 1" },
            End: true,
          },
        },
      }),
    });
    const { executionArn } = await call(first.url, "StartExecution", { stateMachineArn });
    await service.called("GetQueryExecution");
    await first.end(signal);

    service.query.state = "SUCCEEDED";
    const second = await startServer([], options);
    const described = await closed(second.url, String(executionArn));
    expect(described["status"]).toBe("SUCCEEDED");
    expect(JSON.parse(String(described["output"]))).toEqual({
      QueryExecution: { QueryExecutionId: "q-1", Status: { State: "SUCCEEDED" } },
    });
    const changes = service.calls.filter((operation) => operation !== "GetQueryExecution");
    expect(changes).toEqual(["StartQueryExecution"]);
  },
);
