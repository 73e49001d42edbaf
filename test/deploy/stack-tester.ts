import { textOf } from "../../src/deploy/text-of.ts";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { Caller } from "../../src/ports/caller.ts";
import type { ServiceMembers } from "../../src/ports/service-api.ts";
import type { Store } from "../../src/ports/store.ts";
import { startStepwell } from "../../src/server/start-stepwell.ts";
import { createStepwell, type Stepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region } from "../api/start-server.ts";

export interface StackTester {
  readonly stepwell: Stepwell;
  readonly store: Store;
  readonly mistakes: readonly string[];
  readonly call: (
    service: string,
    operation: string,
    members?: JsonObject,
  ) => Promise<ServiceMembers>;
  readonly iam: (
    operation: string,
    members: { readonly [name: string]: string },
  ) => Promise<ServiceMembers>;
  readonly states: (operation: string, input: JsonObject) => Promise<JsonObject>;
  /** Makes or updates a stack, and resolves when it has come to its end. */
  readonly deploy: (name: string, template: string, more?: JsonObject) => Promise<ServiceMembers>;
  readonly settled: (name: string) => Promise<ServiceMembers>;
  readonly events: (name: string) => Promise<readonly string[]>;
  /** Why resources failed. */
  readonly reasons: (name: string) => Promise<readonly string[]>;
}

const startOnAnyPort = (options: Parameters<typeof createStepwell>[0]): Promise<Stepwell> =>
  startStepwell({ ...options, host: "127.0.0.1", port: 0 });

const caller: Caller = { partition: "aws", region, accountId, principal: { type: "owner" } };

/** All of Stepwell until the test ends, without HTTP where it need not listen. */
export async function stackTester(
  store: Store = createMemoryStore(),
  {
    listens = false,
    ...options
  }: Partial<Parameters<typeof createStepwell>[0]> & { readonly listens?: boolean } = {},
): Promise<StackTester> {
  const mistakes: string[] = [];
  const start = listens ? startOnAnyPort : createStepwell;
  const stepwell = await start({
    store,
    logger: {
      debug() {},
      info() {},
      warn() {},
      error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
    },
    cloudWatch: { to: async () => undefined, close() {} },
    standInServices: "memory",
    region,
    accountId,
    onFailure: (reason) => mistakes.push(String(reason)),
    ...options,
  });
  onTestFinished(() => stepwell.shutdown(100));
  const call: StackTester["call"] = async (service, operation, members = {}) => {
    const { signal } = new AbortController();
    const request = { caller, requestId: "test", signal };
    const answer = await stepwell.services.services.call(service, operation, { members }, request);
    return answer.members ?? {};
  };
  const describe = async (name: string): Promise<ServiceMembers> => {
    const { Stacks } = await call("cloudformation", "DescribeStacks", { StackName: name });
    return (Stacks as readonly ServiceMembers[])[0] ?? {};
  };
  const settled: StackTester["settled"] = async (name) => {
    const { StackId } = await describe(name);
    await stepwell.services.deployer.desk.runner.ended(textOf(StackId));
    return describe(textOf(StackId));
  };
  return {
    stepwell,
    store,
    mistakes,
    call,
    settled,
    iam: (operation, members) => stepwell.iam.service.call("iam", operation, members, caller),
    states: (operation, input) => stepwell.service.call(operation, input),
    async deploy(name, template, more = {}) {
      const input = {
        StackName: name,
        TemplateBody: template,
        Capabilities: ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        ...more,
      };
      const isThere = await describe(name).then(
        () => true,
        () => false,
      );
      await call("cloudformation", isThere ? "UpdateStack" : "CreateStack", input);
      return settled(name);
    },
    async reasons(name) {
      const { StackEvents } = await call("cloudformation", "DescribeStackEvents", {
        StackName: name,
      });
      return (StackEvents as readonly ServiceMembers[])
        .filter(({ ResourceStatus }) => textOf(ResourceStatus).endsWith("_FAILED"))
        .map(
          (event) =>
            `${textOf(event["LogicalResourceId"])}: ${textOf(event["ResourceStatusReason"])}`,
        );
    },
    async events(name) {
      const { StackEvents } = await call("cloudformation", "DescribeStackEvents", {
        StackName: name,
      });
      return (StackEvents as readonly ServiceMembers[])
        .map((event) => `${textOf(event["LogicalResourceId"])} ${textOf(event["ResourceStatus"])}`)
        .toReversed();
    },
  };
}
