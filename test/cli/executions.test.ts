import { expect, test } from "vitest";
import { call, closed, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

const machine = (name: string, state: object) => ({
  name,
  definition: JSON.stringify({ StartAt: "Only", States: { Only: state } }),
  roleArn: "arn:aws:iam::000000000000:role/any",
});

test("executions are found by the console's filter, by a member of their input too, and what is not understood is an error", async () => {
  const cwd = temporaryFolder();
  const { url } = await startServer([], { cwd });
  const find = (...args: string[]) =>
    stepwell(["executions", ...args, "--console", `${url}/console`], { cwd });
  expect(await find()).toMatchObject({ status: 0, stdout: "There are none.\n" });

  const passes = { Type: "Succeed" };
  const fails = { Type: "Fail", Error: "CardDeclined" };
  for (const [name, state] of Object.entries({ passes, fails })) {
    const tags = [{ key: "stepwell:index", value: "input.order.id" }];
    const made = await call(url, "CreateStateMachine", { ...machine(name, state), tags });
    for (const id of ["17", "18"]) {
      const { executionArn } = await call(url, "StartExecution", {
        stateMachineArn: made["stateMachineArn"],
        name: `${name}-${id}`,
        input: JSON.stringify({ order: { id } }),
      });
      await closed(url, String(executionArn));
    }
  }
  const failed = await find("--filter", "status:failed error:declined");
  expect(failed.stdout).toMatch(/^STATUS +WORKFLOW +NAME/);
  expect(failed.stdout).toMatch(/^FAILED +fails +fails-18 .*\nFAILED +fails +fails-17 /m);
  expect(failed.stdout).not.toContain("passes");

  const found = await find("--filter", "input.order.id:17 workflow:passes", "--json");
  expect(JSON.parse(found.stdout)).toMatchObject({ name: "passes-17", status: "SUCCEEDED" });
  const one = await find("--limit", "1", "--json");
  expect(JSON.parse(one.stdout)).toMatchObject({ name: "fails-18" });

  for (const filter of ["status:lost", "input.customer:Ada"]) {
    const wrong = await find("--filter", filter);
    expect(wrong).toMatchObject({ status: 1, stdout: "" });
    expect(wrong.stderr).toContain(filter.split(":")[filter.startsWith("status") ? 1 : 0]);
  }
  expect((await find("--limit", "0")).status).toBe(2);
  expect((await find("status:failed")).status).toBe(2);
});
