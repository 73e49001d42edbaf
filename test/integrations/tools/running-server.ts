import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { onTestFinished, vi } from "vitest";
import { ownServer } from "../../api/own-server.ts";
import { temporaryFolder } from "./fetched-tools.ts";

export interface RunningServer {
  readonly url: string;
  readonly states: SFNClient;
  /** What the server logged as its own mistakes. */
  readonly mistakes: readonly string[];
  /** Starts an execution by the AWS SDK; resolves with its output, and throws what it failed with. */
  run(stateMachineArn: string, input: object): Promise<unknown>;
  /** The names of the states that the newest execution of {@link run} has entered, in their order. */
  entered(): Promise<readonly string[]>;
}

export const account = { region: "us-east-1", accountId: "000000000000" } as const;

/** A whole server as tools find it at `AWS_ENDPOINT_URL`, until the test ends. */
export async function runningServer(): Promise<RunningServer> {
  const folder = temporaryFolder();
  const { url, mistakes } = await ownServer({
    ...account,
    objectFolder: `${folder}/s3`,
    deployedFolder: `${folder}/functions`,
    standInServices: "memory",
  });
  const states = new SFNClient({
    endpoint: url,
    region: account.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  onTestFinished(() => states.destroy());
  let newest: string | undefined;
  return {
    url,
    states,
    mistakes,
    async run(stateMachineArn, input) {
      const command = new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) });
      const { executionArn } = await states.send(command);
      newest = executionArn;
      return await vi.waitFor(
        async () => {
          const described = await states.send(new DescribeExecutionCommand({ executionArn }));
          const { status, output = "null", error = "", cause = "" } = described;
          if (status === "RUNNING") throw new Error(`${executionArn} runs on`);
          return status === "SUCCEEDED" ? JSON.parse(output) : { status, error, cause };
        },
        { timeout: 60_000, interval: 50 },
      );
    },
    async entered() {
      const command = new GetExecutionHistoryCommand({ executionArn: newest });
      const { events = [] } = await states.send(command);
      return events.flatMap(({ stateEnteredEventDetails: details }) =>
        details?.name === undefined ? [] : [details.name],
      );
    },
  };
}
