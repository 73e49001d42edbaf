import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { JsonObject } from "../../src/expression/json.ts";
import type { AuditLogFiles } from "../../src/iam/audit/audit-trail.ts";
import type { Caller } from "../../src/ports/caller.ts";
import type { TaskHandlers } from "../../src/integrations/task-handlers.ts";
import type { EngineOptions } from "../../src/runtime/create-engine.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import type { RequestContext } from "../../src/service/operation.ts";
import type { CustomerKeyProviders } from "../../src/store/customer-keys/customer-key-ring.ts";
import { openCustomerKeys } from "../../src/store/customer-keys/open-customer-keys.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region } from "../api/start-server.ts";

export interface StatementText {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: object;
  readonly Condition?: object;
}

export const policyText = (...Statement: readonly StatementText[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = "*",
  more: Pick<StatementText, "Condition"> = {},
): StatementText => ({ Effect: "Allow", Action, Resource, ...more });

export const trust = (Principal: object, Condition?: object): string =>
  policyText({
    Effect: "Allow",
    Principal,
    Action: "sts:AssumeRole",
    ...(Condition && { Condition }),
  });

export const trustsWorkflows = trust({ Service: "states.amazonaws.com" });
export const arnOfRole = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;

/** All parts of a Stepwell that asks everybody, with a real directory of users and roles, but nothing outside of the process. */
export async function enforcingStepwell(
  more: {
    readonly around?: (handlers: TaskHandlers) => EngineOptions["handlers"];
    /** Objects by bucket and key. */
    readonly objects?: { readonly [path: string]: string };
    readonly auditLog?: AuditLogFiles;
    /** Where the keys of customers are; absent: there are none. */
    readonly keys?: CustomerKeyProviders;
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "stepwell-roles-"));
  for (const [path, text] of Object.entries(more.objects ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const mistakes: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
  };
  const inner = createMemoryStore();
  const { store, ...keys } =
    more.keys === undefined
      ? { store: inner }
      : openCustomerKeys({ store: inner, providerOf: more.keys, clock: systemClock, logger });
  const stepwell = await createStepwell({
    store,
    ...keys,
    logger,
    region,
    accountId,
    iam: { mode: "required" },
    objectFolder: folder,
    cloudWatch: { to: async () => undefined, close() {} },
    onFailure: (reason) => mistakes.push(String(reason)),
    ...(more.around && { around: more.around }),
    ...(more.auditLog && { auditLog: more.auditLog }),
  });
  const { service, iam } = stepwell;
  const owner: Caller = { ...service.scope, principal: { type: "owner" } };
  const asOwner = (operation: string, input: { readonly [name: string]: string }) =>
    iam.service.call("iam", operation, input, owner);

  return {
    stepwell,
    service,
    store,
    folder,
    mistakes,
    asOwner,
    /** Makes a role with an inline policy, or gives it another policy. Answers its ARN. */
    async role(
      RoleName: string,
      statements: readonly StatementText[],
      trustPolicy = trustsWorkflows,
    ): Promise<string> {
      await asOwner("CreateRole", { RoleName, AssumeRolePolicyDocument: trustPolicy });
      await this.policy(RoleName, statements);
      return arnOfRole(RoleName);
    },
    async policy(RoleName: string, statements: readonly StatementText[]): Promise<void> {
      const PolicyName = "own";
      if (statements.length === 0) {
        await asOwner("DeleteRolePolicy", { RoleName, PolicyName }).catch(() => undefined);
        return;
      }
      const PolicyDocument = policyText(...statements);
      await asOwner("PutRolePolicy", { RoleName, PolicyName, PolicyDocument });
    },
    /** Makes a user with an inline policy, and is him. */
    async user(UserName: string, statements: readonly StatementText[]): Promise<Caller> {
      const { User } = await asOwner("CreateUser", { UserName });
      await asOwner("PutUserPolicy", {
        UserName,
        PolicyName: "own",
        PolicyDocument: policyText(...statements),
      });
      const { Arn, UserId } = User as { readonly Arn: string; readonly UserId: string };
      const principal = {
        type: "user",
        userArn: Arn,
        userId: UserId,
        accessKeyId: "AKIA",
      } as const;
      return { ...service.scope, principal };
    },
    async machine(name: string, roleArn: string, definition: object): Promise<string> {
      const { stateMachineArn } = await service.call("CreateStateMachine", {
        name,
        roleArn,
        definition: JSON.stringify(definition),
      });
      return stateMachineArn as string;
    },
    async start(
      stateMachineArn: string,
      input: JsonObject = {},
      request: RequestContext = {},
    ): Promise<string> {
      const { executionArn } = await service.call(
        "StartExecution",
        { stateMachineArn, input: JSON.stringify(input) },
        request,
      );
      return executionArn as string;
    },
    ended: (executionArn: string): Promise<JsonObject> =>
      service.call("DescribeExecution", { executionArn }, { waitSeconds: 20 }),
    async close(): Promise<void> {
      await stepwell.shutdown(1_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type EnforcingStepwell = Awaited<ReturnType<typeof enforcingStepwell>>;

/** The definition of one state. */
export const only = (state: object): object => ({ StartAt: "Only", States: { Only: state } });
export const pass = only({ Type: "Pass", End: true });
