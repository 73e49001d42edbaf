import { readFileSync } from "node:fs";
import { machineArn } from "./arns.ts";
import { ConsoleApi, declined, large, order } from "./console-api.ts";
import type { ConsoleServer } from "./console-server.ts";
import { makeSampleTriggers, type SampleTriggers } from "./sample-triggers.ts";
import { createWorkflows } from "./workflows.ts";

/** What there is to look at once {@link makeSampleData} is done. */
export interface SampleData {
  readonly workflow: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly waiting: string;
  readonly inlineMap: string;
  readonly parent: string;
  readonly mapRun: string;
  readonly triggers: SampleTriggers;
  /** A page behind a link; whole addresses. */
  readonly link: string;
  readonly decidedLink: string;
}

/** A day of orders: shipped, declined, waiting for somebody; a Map Run with failures; a run within a run. */
export async function makeSampleData(server: ConsoleServer): Promise<SampleData> {
  const api = new ConsoleApi(server);
  await createWorkflows(server);
  const workflow = machineArn("order-processing");
  await releaseTwice(server, workflow);
  const prices = Array.from({ length: 400 }, (_, index) => (index % 37 === 5 ? -1 : index));
  const pipeline = new URL("../../../examples/data-pipeline/input.json", import.meta.url);
  const [shipped, failed, waiting, decided, inlineMap, parent, repriced] = await Promise.all([
    api.start("order-processing", "order-1001", order("1001")),
    api.start("order-processing", "order-1002-declined", order("1002", declined)),
    api.start("order-processing", "order-1003-large", order("1003", large)),
    api.start("order-processing", "order-1004-large", order("1004", large)),
    api.start("data-pipeline", "sales-of-today", readFileSync(pipeline, "utf8")),
    api.start("fulfil-order", "fulfil-1001", {}),
    api.start("reprice-catalogue", "spring-prices", prices),
    api.start("order-processing", "order-1005", order("1005")),
    api.start("order-processing", "order-1006-declined", order("1006", declined)),
    api.start("order-processing", "order-1007-large", order("1007", large)),
    api.start("hello-world", "hello", { name: "Ada" }),
    api.start("settle-invoice", "invoice-17", {}),
    api.start("count-up", "count", { to: 5 }),
  ]);
  const link = async (arn: string): Promise<string> => {
    const { executionArn, taskId } = await api.asked(arn);
    return (await api.send<{ readonly url: string }>("links", { executionArn, taskId })).url;
  };
  const decidedLink = await link(decided);
  const { executionArn, taskId } = await api.asked(decided);
  await api.send("approvals", { executionArn, taskId, output: '{"approved":false}' });
  await api.work("settlements", { error: "AccountLocked", cause: '{"account":"DE-17"}' });
  await api.start("settle-invoice", "invoice-18", {});
  await Promise.all([
    api.ended(shipped),
    api.ended(failed, "FAILED"),
    api.ended(inlineMap),
    api.ended(parent),
    api.ended(repriced),
    api.ended(decided),
  ]);
  const { mapRunArn: mapRun } = await api.mapRunOf(repriced);
  return {
    workflow,
    succeeded: shipped,
    failed,
    waiting,
    inlineMap,
    parent,
    mapRun,
    triggers: await makeSampleTriggers(api, workflow),
    link: await link(waiting),
    decidedLink,
  };
}

/** Two versions, the newer one with a state more and other conditions; an alias that tries it on a tenth; tags. */
async function releaseTwice({ service }: ConsoleServer, workflow: string): Promise<void> {
  const call = (operation: string, input: object): Promise<Record<string, unknown>> =>
    service.call(operation as never, input as never);
  const { definition } = await call("DescribeStateMachine", { stateMachineArn: workflow });
  const publish = async (text: string, description: string): Promise<unknown> => {
    await call("UpdateStateMachine", { stateMachineArn: workflow, definition: text });
    const answer = await call("PublishStateMachineVersion", {
      stateMachineArn: workflow,
      description,
    });
    return answer["stateMachineVersionArn"];
  };
  const newer = definition as string;
  const older = newer.replaceAll('"Reserve inventory"', '"Pack"').replaceAll("> 500", "> 300");
  const { States, ...rest } = JSON.parse(older) as { readonly States: object };
  const versions = [
    await publish(JSON.stringify({ ...rest, States }, undefined, 2), "The winter release"),
    await publish(newer, "Stock is reserved first"),
  ];
  await call("CreateStateMachineAlias", {
    name: "prod",
    routingConfiguration: versions.map((stateMachineVersionArn, index) => ({
      stateMachineVersionArn,
      weight: index === 0 ? 90 : 10,
    })),
  });
  await call("TagResource", {
    resourceArn: workflow,
    tags: [
      { key: "team", value: "payments" },
      { key: "stage", value: "prod" },
    ],
  });
}
