import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type Tag,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { passDefinition, roleArn, startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const tag = (resourceArn: string, tags: Tag[]) =>
  server.client.send(new TagResourceCommand({ resourceArn, tags }));
const untag = (resourceArn: string, tagKeys: string[]) =>
  server.client.send(new UntagResourceCommand({ resourceArn, tagKeys }));
const tagsOf = async (resourceArn: string) =>
  (await server.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;

let count = 0;
const resources = {
  "a state machine": async (tags?: Tag[]) => {
    const input = {
      name: `m${++count}`,
      definition: passDefinition,
      roleArn,
      ...(tags && { tags }),
    };
    return (await server.client.send(new CreateStateMachineCommand(input))).stateMachineArn!;
  },
  "an activity": async (tags?: Tag[]) => {
    const input = { name: `a${++count}`, ...(tags && { tags }) };
    return (await server.client.send(new CreateActivityCommand(input))).activityArn!;
  },
};

describe.each(Object.entries(resources))("the tags of %s", (_name, create) => {
  test("are those that it was made with", async () => {
    const arn = await create([{ key: "team", value: "orders" }]);
    expect(await tagsOf(arn)).toEqual([{ key: "team", value: "orders" }]);
  });

  test("are added, replaced and removed", async () => {
    const arn = await create();
    expect(await tagsOf(arn)).toEqual([]);
    await tag(arn, []);
    await tag(arn, [
      { key: "a", value: "1" },
      { key: "b", value: "2" },
    ]);
    await tag(arn, [{ key: "a", value: "3" }]);
    expect(await tagsOf(arn)).toEqual([
      { key: "a", value: "3" },
      { key: "b", value: "2" },
    ]);
    await untag(arn, ["a", "a", "missing"]);
    expect(await tagsOf(arn)).toEqual([{ key: "b", value: "2" }]);
  });

  test("are at most 50", async () => {
    const arn = await create();
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => ({ key: `k${from + index}`, value: "" }));
    await tag(arn, many(0, 50));
    await tag(arn, many(0, 50));
    await expect(tag(arn, many(50, 51))).rejects.toMatchObject({
      name: "TooManyTags",
      resourceName: arn,
    });
    expect(await tagsOf(arn)).toHaveLength(50);
  });

  test("may have names that mean something to JavaScript", async () => {
    const arn = await create([{ key: "__proto__", value: "x" }]);
    await tag(arn, [{ key: "constructor", value: "y" }]);
    expect(await tagsOf(arn)).toEqual([
      { key: "__proto__", value: "x" },
      { key: "constructor", value: "y" },
    ]);
  });

  test("are not lost when many are set at once", async () => {
    const arn = await create();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => tag(arn, [{ key: `k${index}`, value: "v" }])),
    );
    expect(await tagsOf(arn)).toHaveLength(20);
  });
});

describe("tags", () => {
  test("of what does not exist, or of a version, are not found", async () => {
    const arn = await resources["a state machine"]();
    for (const missing of [`${arn}x`, `${arn}:1`]) {
      await expect(tag(missing, [])).rejects.toMatchObject({
        name: "ResourceNotFound",
        message: "Request references a resource that does not exist.",
        $metadata: { httpStatusCode: 404 },
      });
    }
    await expect(tagsOf("nonsense")).rejects.toMatchObject({
      message: "Invalid Arn: 'Invalid ARN prefix: nonsense'",
    });
  });

  test("are refused with keys that are empty, too long or AWS's own", async () => {
    const arn = await resources["a state machine"]();
    await expect(tag(arn, [{ key: "", value: "" }])).rejects.toMatchObject({
      message:
        "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    });
    await expect(tag(arn, [{ key: "k".repeat(129), value: "" }])).rejects.toThrow(
      "Member must have length less than or equal to 128",
    );
    await expect(tag(arn, [{ key: "aws:x", value: "" }])).rejects.toMatchObject({
      name: "ValidationException",
    });
    await expect(tag(arn, [{ key: "a;b", value: "" }])).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});
