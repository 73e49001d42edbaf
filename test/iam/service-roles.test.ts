import { afterAll, beforeAll, expect, test } from "vitest";
import { logIn, newFolder, recordsIn } from "../../src/iam/audit/audit-log.fixture.ts";
import {
  asServiceRole,
  triggerService,
  triggerServices,
  type TriggerService,
} from "../../src/ports/service-role.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { accountId, region } from "../api/start-server.ts";
import {
  allow,
  arnOfRole,
  enforcingStepwell,
  type EnforcingStepwell,
  pass,
  trust,
} from "./enforcing-stepwell.ts";

const auditFolder = newFolder();
const auditLog = logIn(auditFolder, { region, accountId, clock: systemClock });
const sourceArn = `arn:aws:events:${region}:${accountId}:rule/nightly`;
const events = "events.amazonaws.com";

let server: EnforcingStepwell;
let machine: string;
beforeAll(async () => {
  server = await enforcingStepwell({ auditLog });
  await server.role("Machine", []);
  machine = await server.machine("orders", arnOfRole("Machine"), pass);
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const startIn = (roleArn: string, service: TriggerService = events, source = sourceArn) =>
  server.start(machine, {}, { caller: asServiceRole({ service, roleArn, sourceArn: source }) });
const denied = (because: string) => ({
  code: "AccessDeniedException",
  message: expect.stringContaining(because),
});

test.each(triggerServices)("a trigger of %s starts what its role may start", async (service) => {
  const name = `May-${service.split(".")[0]}`;
  const roleArn = await server.role(
    name,
    [allow("states:StartExecution", machine)],
    trust({ Service: service }),
  );
  const executionArn = await startIn(roleArn, service);
  expect(await server.store.execution(executionArn)).toMatchObject({
    startedBy: {
      principal: `arn:aws:sts::${accountId}:assumed-role/${name}/nightly`,
      via: "rule/nightly",
    },
  });
  await auditLog.flushed();
  expect((await recordsIn(auditFolder)).at(-1)).toMatchObject({
    eventName: "StartExecution",
    sourceIPAddress: service,
    userIdentity: {
      type: "AssumedRole",
      invokedBy: service,
      sessionContext: { sessionIssuer: { arn: roleArn } },
    },
    additionalEventData: {
      onBehalfOf: sourceArn,
      decidedBy: [{ action: "states:StartExecution", allowed: true, by: `role/${name}/own[0]` }],
    },
  });
});

test("a role that is not there, or trusts another service, is nobody's", async () => {
  const gone = arnOfRole("Gone");
  await expect(startIn(gone)).rejects.toMatchObject(denied(`the role ${gone} does not exist`));
  const other = await server.role(
    "Scheduled",
    [allow("states:StartExecution")],
    trust({ Service: "scheduler.amazonaws.com" }),
  );
  await expect(startIn(other)).rejects.toMatchObject(
    denied(`the role ${other} does not trust ${events}`),
  );
});

test("a role may trust a service for one source, and for one account, alone", async () => {
  const roleArn = await server.role(
    "Conditional",
    [allow("states:StartExecution")],
    trust(
      { Service: events },
      {
        ArnEquals: { "aws:SourceArn": sourceArn },
        StringEquals: { "aws:SourceAccount": accountId },
      },
    ),
  );
  expect(await startIn(roleArn)).toContain(":execution:orders:");
  const another = sourceArn.replace("nightly", "hourly");
  await expect(startIn(roleArn, events, another)).rejects.toMatchObject(denied("does not trust"));
  const elsewhere = sourceArn.replace(accountId, "999999999999");
  await expect(startIn(roleArn, events, elsewhere)).rejects.toMatchObject(denied("does not trust"));
});

test("a role that may do something else starts nothing", async () => {
  const roleArn = await server.role(
    "Narrow",
    [allow("states:StartExecution", `${machine}-other`), allow("states:DescribeExecution")],
    trust({ Service: events }),
  );
  await expect(startIn(roleArn)).rejects.toMatchObject({
    code: "AccessDeniedException",
    message: `User: arn:aws:sts::${accountId}:assumed-role/Narrow/nightly is not authorized to perform: states:StartExecution on resource: ${machine} because no identity-based policy allows the states:StartExecution action`,
  });
});

test("the source is known to the trust policy alone: what the role may cannot hang on it", async () => {
  const roleArn = await server.role(
    "Sourced",
    [
      allow("states:StartExecution", "*", {
        Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
      }),
    ],
    trust({ Service: events }),
  );
  await expect(startIn(roleArn)).rejects.toMatchObject(denied("no identity-based policy"));
});

test("a service itself may nothing but become a role that trusts it", async () => {
  const { authorizer } = server.stepwell.iam;
  const caller = triggerService({ service: events, sourceArn });
  const may = (action: string, resource: string) => authorizer.mayAct({ caller, action, resource });
  expect(await may("sts:AssumeRole", arnOfRole("Narrow"))).toMatchObject({ allowed: true });
  expect(await may("sts:AssumeRole", arnOfRole("Machine"))).toMatchObject({ allowed: false });
  expect(await may("states:StartExecution", machine)).toMatchObject({ allowed: false });
  await expect(server.start(machine, {}, { caller })).rejects.toMatchObject(
    denied("does not know"),
  );
});
