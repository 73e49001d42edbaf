import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { stepClock } from "../../../test/runtime/step-clock.ts";
import type { AwsCall } from "../aws-calls.ts";
import type { Made, ProviderContext } from "../providers/provider.ts";
import { textOf } from "../text-of.ts";
import { customResource } from "../providers/cloudformation/custom-resource.ts";
import { waitFor } from "../change/change-tools.ts";
import { CustomResourceResponses } from "./responses.ts";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:maker";

/** A stack's step, and the function that makes its resource: both last longer than a process. */
function world() {
  const clock = stepClock();
  const responses = new CustomResourceResponses(createMemoryStore(), () => "http://here");
  const requests: JsonObject[] = [];
  const begun: string[] = [];
  let saved: JsonObject | undefined;
  let lastId = 0;

  /** A process that performs the step; what `invoke` throws is the service's refusal. */
  function process(invoke: AwsCall = () => Promise.resolve({ members: {} })) {
    const killed = new AbortController();
    const context = {
      stack: { stackId: "arn:stack" },
      logicalId: "Thing",
      call: ((service, operation, members, more) => {
        const text = more?.payload
          ? Buffer.from(more.payload).toString()
          : textOf(members["Message"]);
        requests.push(JSON.parse(text) as JsonObject);
        return invoke(service, operation, members, more);
      }) satisfies AwsCall,
      began: (physicalId: string) => Promise.resolve(void begun.push(physicalId)),
      responses,
      newId: () => `id-${++lastId}`,
      generatedName: () => "made-up",
      now: () => clock.now(),
      wait: (milliseconds: number) => waitFor(clock, milliseconds, killed.signal),
      progress: {
        get saved() {
          return saved;
        },
        save: (progress: JsonObject) => Promise.resolve(void (saved = progress)),
      },
      signal: killed.signal,
    } as unknown as ProviderContext;
    const create = (properties: JsonObject = {}): Promise<Made> =>
      customResource("Custom::Thing").create(
        { ServiceToken: functionArn, Size: 3, Deep: { On: true, List: [1, null] }, ...properties },
        context,
      );
    return { create, kill: () => killed.abort() };
  }

  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    clock,
    responses,
    requests,
    begun,
    process,
    settle,
    pass: async (ms: number) => {
      clock.advance(ms);
      await settle();
    },
    answer: (request: JsonObject | undefined, more: JsonObject = {}) => {
      const { ResponseURL, StackId, RequestId, LogicalResourceId } = request ?? {};
      const body = {
        Status: "SUCCESS",
        PhysicalResourceId: "thing",
        StackId,
        RequestId,
        LogicalResourceId,
        ...more,
      };
      const secret = textOf(ResponseURL).split("/").at(-1) ?? "";
      return responses.take(secret, JSON.stringify(body));
    },
  };
}

describe("a request to a custom resource", () => {
  test("has all values as texts, and where to answer", async () => {
    const { process, requests, settle, pass, answer } = world();
    const made = process().create();
    await settle();
    expect(requests[0]).toMatchObject({
      RequestType: "Create",
      ResourceType: "Custom::Thing",
      LogicalResourceId: "Thing",
      StackId: "arn:stack",
      ServiceToken: functionArn,
      ResponseURL: expect.stringMatching(/^http:\/\/here\/cloudformation-responses\/id-\d+$/),
      ResourceProperties: { Size: "3", Deep: { On: "true", List: ["1", ""] } },
    });
    expect(await answer(requests[0], { Data: { Size: 3 } })).toBe("taken");
    await pass(250);
    expect(await made).toMatchObject({ physicalId: "thing", attributes: { Size: 3 } });
    // Nobody can answer it again.
    expect(await answer(requests[0])).toBe("unknown");
  });

  test("is answered once", async () => {
    const { process, requests, settle, answer } = world();
    process()
      .create()
      .catch(() => {});
    await settle();
    expect(await answer(requests[0])).toBe("taken");
    expect(await answer(requests[0], { PhysicalResourceId: "another" })).toBe("answered");
    expect(await answer(requests[0])).toBe("taken");
    expect(await answer({ ResponseURL: "http://here/id-99" })).toBe("unknown");
  });

  test("whose process is killed is waited for by the next, which asks once more with the same id and the same URL", async () => {
    const { process, requests, settle, pass, answer } = world();
    const first = process();
    first.create().catch(() => {});
    await settle();
    first.kill();
    const made = process().create();
    await settle();
    expect(requests).toHaveLength(2);
    expect(requests[1]).toEqual(requests[0]);
    await answer(requests[0]);
    await pass(250);
    expect(await made).toMatchObject({ physicalId: "thing" });
  });

  test("that was answered while nobody ran is not sent again", async () => {
    const { process, requests, settle, answer } = world();
    const first = process();
    first.create().catch(() => {});
    await settle();
    first.kill();
    await answer(requests[0]);
    expect(await process().create()).toMatchObject({ physicalId: "thing" });
    expect(requests).toHaveLength(1);
  });

  test("fails after its ServiceTimeout, and what may have been made is known by an id that was made up", async () => {
    const { process, requests, begun, settle, pass } = world();
    const made = process().create({ ServiceTimeout: "1" });
    made.catch(() => {});
    await settle();
    for (let waited = 0; waited < 1_000; waited += 250) await pass(250);
    await expect(made).rejects.toThrow(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${textOf(requests[0]?.["RequestId"])}]`,
    );
    expect(begun).toEqual(["made-up"]);
  });

  test("that the service refuses has made nothing", async () => {
    const { process, begun } = world();
    const refused = () => Promise.reject(new ServiceError("AccessDenied", "you may not"));
    await expect(process(refused).create()).rejects.toThrow("you may not");
    await expect(process().create({ ServiceToken: "here" })).rejects.toThrow(
      "Invalid service token",
    );
    expect(begun).toEqual(["made-up", "", "made-up", ""]);
  });

  test.each([
    [{ PhysicalResourceId: "" }, "Invalid PhysicalResourceId"],
    [{ Status: "FAILED" }, "Vendor response doesn't contain Reason key"],
    [{ Status: "DONE" }, "Invalid response: Status is SUCCESS or FAILED"],
    [{ RequestId: "another" }, "Invalid response: its RequestId is not that of the request"],
    [{ Data: { Much: "x".repeat(4_096) } }, "Response object is too long."],
    [{ Status: "FAILED", Reason: "no" }, "Message returned: no (RequestId: "],
  ])("fails where the answer has %j", async (more, message) => {
    const { process, requests, settle, pass, answer } = world();
    const made = process().create();
    made.catch(() => {});
    await settle();
    await answer(requests[0], more as JsonObject);
    await pass(250);
    await expect(made).rejects.toThrow(message);
  });
});
