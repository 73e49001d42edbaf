import { afterAll, beforeAll, expect, test } from "vitest";
import { workflowNameOf } from "../../console/src/pages/designer/gallery/workflow-name.ts";
import { starters } from "../../console/src/pages/designer/gallery/starters/starters.ts";
import { ConsoleApi } from "./browser/console-api.ts";
import { startConsoleServer, type ConsoleServer } from "./browser/console-server.ts";

let server: ConsoleServer;
beforeAll(async () => {
  // The examples, for one of the starters is theirs; the others do without.
  server = await startConsoleServer({ waitTimeScale: 0.1 });
});
afterAll(async () => {
  await server.close();
  expect(server.mistakes).toEqual([]);
});

/** What each comes to with its own input: an output, or the title of a question. */
const outcomes: Readonly<Record<(typeof starters)[number]["id"], object | string>> = {
  askPerson: "Approve 840.00 for Ada?",
  retryAlert: { payment: { paymentId: "pay-1001", amount: 49.9 } },
  fanOut: { made: 3, failed: [], bytes: 3 * 320 * 320 },
  pollJob: { jobId: "job-nightly-report" },
  saga: { flight: "flight-Lisbon", hotel: "hotel-Lisbon", car: "car-Lisbon" },
  nightlyBatch: { booked: 250 },
  orderProcessing: {},
};

test.concurrent.each(starters.map((each) => [each.id, each] as const))(
  "the starter %s runs for real to its end, or until it asks somebody, on a server that was only started",
  async (id, { definition, type, input }) => {
    const api = new ConsoleApi(server);
    const { service } = server;
    const name = `run-${workflowNameOf(id)}`;
    const roleArn = "arn:aws:iam::000000000000:role/test";
    await service.call("CreateStateMachine", { name, definition, type, roleArn } as never);
    const arn = await api.start(name, "first", input);
    const expected = outcomes[id];
    if (typeof expected === "string") {
      expect(await api.asked(arn)).toMatchObject({ title: expected });
    } else {
      await api.ended(arn);
      const { output } = await service.call("DescribeExecution", { executionArn: arn });
      expect(JSON.parse(output as string)).toMatchObject(expected);
    }
  },
);
