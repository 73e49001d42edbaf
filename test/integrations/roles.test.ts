import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { harness, serviceResource } from "../contracts/task-handler-harness.ts";
import { stubAwsEnvironment } from "./aws-tasks.ts";
import { motoProgram, type MotoServer, startMoto } from "./moto-server.ts";

const program = motoProgram();

describe.skipIf(program === undefined)("roles at moto's server", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto(program as string);
  }, 90_000);
  afterAll(() => moto.stop());

  test("a task with Credentials calls as its role, in that role's account", async () => {
    stubAwsEnvironment(moto.url);
    const whoAmI = serviceResource("aws-sdk:sts", "getCallerIdentity");
    const { run } = harness();
    const credentialsRoleArn = "arn:aws:iam::210987654321:role/other";
    const outcome = await run(whoAmI, {}, { credentialsRoleArn });
    if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
    expect(outcome.output.value).toMatchObject({
      Account: "210987654321",
      Arn: "arn:aws:sts::210987654321:assumed-role/other/one",
    });
    vi.unstubAllEnvs();
  });
});
