import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { call, closed, startServer, temporaryFolder } from "./stepwell.ts";

/** A client package as the AWS SDK's are: commands that carry schemas, and a client that sends them. */
const clientPackage = `
const structure = (members) => [3, "athena", "S", 0, Object.keys(members), Object.values(members), 0];
const execution = structure({ QueryExecutionId: 0, Status: () => structure({ State: 0 }) });
const command = (operation, input, output) => class {
  schema = [9, "athena", operation, 0, input, output];
  middlewareStack = { add() {} };
  operation = operation;
  constructor(given) { this.given = given; }
};
const id = structure({ QueryExecutionId: 0 });
exports.StartQueryExecutionCommand = command("start", structure({ QueryString: 0, ClientRequestToken: 0 }), id);
exports.GetQueryExecutionCommand = command("get", id, structure({ QueryExecution: execution }));
exports.StopQueryExecutionCommand = command("stop", id, structure({}));
exports.AthenaClient = class {
  config = {
    serviceId: "Athena",
    serviceConfiguredEndpoint: async () => process.env.AWS_ENDPOINT_URL_ATHENA,
  };
  async send({ operation, given }) {
    const url = process.env.AWS_ENDPOINT_URL_ATHENA + "/" + operation;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(given) });
    return { $metadata: { httpStatusCode: 200, requestId: "r" }, ...(await response.json()) };
  }
  destroy() {}
};
`;

/** A service with queries that go on until the test says otherwise. */
async function athena() {
  const calls: string[] = [];
  const query = { state: "RUNNING" };
  let heard: (() => void)[] = [];
  const server = createServer((request, response) => {
    const operation = (request.url ?? "").slice(1);
    calls.push(operation);
    const answers: { [operation: string]: object } = {
      start: { QueryExecutionId: "q-1" },
      get: { QueryExecution: { QueryExecutionId: "q-1", Status: { State: query.state } } },
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
    const cwd = temporaryFolder();
    const folder = join(cwd, "node_modules/@aws-sdk/client-athena");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.js"), clientPackage);
    const options = { cwd, env: { AWS_ENDPOINT_URL_ATHENA: service.url } };
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
    await service.called("get");
    await first.end(signal);

    service.query.state = "SUCCEEDED";
    const second = await startServer([], options);
    const described = await closed(second.url, String(executionArn));
    expect(described["status"]).toBe("SUCCEEDED");
    expect(JSON.parse(String(described["output"]))).toEqual({
      QueryExecution: { QueryExecutionId: "q-1", Status: { State: "SUCCEEDED" } },
    });
    expect(service.calls.filter((operation) => operation !== "get")).toEqual(["start"]);
  },
);
