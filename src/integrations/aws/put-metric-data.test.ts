import { expect, test } from "vitest";
import { putMetricData } from "./put-metric-data.ts";
import type { SdkClients, SdkConnection } from "./sdk-clients.ts";

class PutMetricDataCommand {
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}

function answering(send: (command: PutMetricDataCommand) => Promise<unknown>) {
  const service = { client: { send }, errorPrefix: "CloudWatch", module: { PutMetricDataCommand } };
  return connecting({ type: "connected", service } as unknown as SdkConnection);
}

function connecting(connection: SdkConnection): Pick<SdkClients, "connect"> {
  return { connect: () => Promise.resolve(connection) };
}

test("the input is sent as the client's command", async () => {
  const sent: object[] = [];
  const clients = answering(async ({ input }) => void sent.push(input));
  const input = { Namespace: "Mine", MetricData: [] };
  expect(await putMetricData(clients, "us-east-1", input)).toEqual({ type: "taken" });
  expect(sent).toEqual([input]);
});

test.each([
  ["no answer", new Error("ECONNREFUSED"), "retry"],
  ["a service that is not well", { $metadata: { httpStatusCode: 503 } }, "retry"],
  ["too many calls", { name: "ThrottlingException", $metadata: { httpStatusCode: 400 } }, "retry"],
  ["a refusal", { name: "AccessDenied", $metadata: { httpStatusCode: 403 } }, "refused"],
])("%s is told apart", async (_what, error, type) => {
  const clients = answering(() => Promise.reject(error as Error));
  expect(await putMetricData(clients, "us-east-1", {})).toMatchObject({ type });
});

test("a client that is missing is named with the command that adds it", async () => {
  const clients = connecting({ type: "notInstalled", packageName: "@aws-sdk/client-cloudwatch" });
  expect(await putMetricData(clients, "us-east-1", {})).toEqual({
    type: "refused",
    reason: "@aws-sdk/client-cloudwatch is not installed: stepwell add cloudwatch",
  });
});
