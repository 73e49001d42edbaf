import { expect, test } from "vitest";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { FunctionLogGroups } from "./function-log-groups.ts";
import { LogGroups } from "./log-groups.ts";

const logger = {
  debug() {},
  info() {},
  warn: (message: string) => expect.fail(message),
  error() {},
};

test("what functions print is in the log group of their name from when that is there", async () => {
  let now = Date.UTC(2027, 0, 31);
  const clock = { now: () => now, schedule: () => () => {} };
  const groups = new LogGroups(createMemoryStore(), clock);
  const printed = new FunctionLogGroups(groups, { region: "eu-west-1", clock, logger });
  printed.append("charge", "stdout", "nobody asked\n");
  await printed.flush();
  const name = "/aws/lambda/charge";
  await groups.update("eu-west-1", name, () => ({ name, createdAt: now }));
  printed.append("charge", "stdout", "it is not looked for again at once\n");
  now += 11_000;
  printed.append("charge", "stdout", "START\nfirst\n");
  printed.append("charge", "stderr", "second\n");
  await printed.close();
  printed.append("charge", "stdout", "too late\n");
  await printed.flush();
  const [stream] = await groups.streams("eu-west-1", name);
  expect(stream?.name).toMatch(/^2027\/01\/31\/\[\$LATEST\][0-9a-f]{32}$/);
  const events = await groups.events("eu-west-1", { name, createdAt: now }, [stream?.name ?? ""], {
    from: 0,
    to: Infinity,
  });
  expect(events.map(({ message }) => message)).toEqual(["START", "first", "second"]);
});
