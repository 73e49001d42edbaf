import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { parsePolicy } from "../../iam/policy/parse-policy.ts";
import type { ArnScope } from "../../machine/arns.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import { tagConditions, tagsOf } from "../api/tags.ts";
import { busArn, busOf, defaultBus, documentId } from "./event-arns.ts";
import {
  alreadyExists,
  type EventsContext,
  foundBus,
  limitExceeded,
  notFound,
} from "./events-context.ts";
import * as m from "./members.ts";
import type { BusRecord } from "./records.ts";

/** *Documented*: buses of a Region; the size of a policy. */
const mostBuses = 100;
const longestPolicy = 10_240;

const settings = {
  Description: m.description,
  KmsKeyIdentifier: { type: "string", max: 2048 },
  DeadLetterConfig: m.deadLetterConfig,
} as const;
const requiredName = { ...m.busName, required: true } as const;

/** What EventBridge does with buses. The authorizer asks their policies, too, wherever access is asked for. */
export function busOperations(context: EventsContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { book, clock } = context;

  /** Changes a bus; the default one has a record as soon as there is something to keep. */
  async function changed(
    given: string | undefined,
    scope: ArnScope,
    change: (bus: BusRecord) => BusRecord,
  ): Promise<BusRecord> {
    const { region, name } = busOf(given, scope);
    const now = clock.now();
    const after = await book.buses.updated(documentId(region, name), (bus) => {
      if (bus === undefined && name !== defaultBus) throw notFound(`Event bus ${name}`);
      return {
        ...change(bus ?? { name, createdAt: now, modifiedAt: now, tags: {} }),
        modifiedAt: now,
      };
    });
    book.forget();
    return after as BusRecord;
  }

  const onBus = (action: string, name: string | undefined, scope: ArnScope) => {
    const bus = busOf(name, scope);
    return [
      { action: `events:${action}`, resource: busArn({ ...scope, region: bus.region }, bus.name) },
    ];
  };

  return {
    CreateEventBus: awsOperation({
      input: { Name: requiredName, EventSourceName: m.text, ...settings, Tags: m.tags },
      access: (input, { caller }) =>
        onBus("CreateEventBus", input.Name, caller).map((one) => ({
          ...one,
          conditions: tagConditions(tagsOf(input.Tags)),
        })),
      async perform(input, { caller }) {
        const { Name: name, EventSourceName: partner } = input;
        if (partner !== undefined || name.includes("/")) {
          throw new ServiceError(
            "ResourceNotFoundException",
            `Stepwell has no partner event sources.`,
          );
        }
        const others = await listed(book.buses.all(`${caller.region}|`));
        if (others.length >= mostBuses) throw limitExceeded();
        const now = clock.now();
        await book.buses.update(documentId(caller.region, name), (bus) => {
          if (bus !== undefined || name === defaultBus) throw alreadyExists(`Event bus ${name}`);
          return {
            name,
            createdAt: now,
            modifiedAt: now,
            description: input.Description,
            kmsKeyIdentifier: input.KmsKeyIdentifier,
            deadLetterArn: input.DeadLetterConfig?.Arn,
            tags: tagsOf(input.Tags),
          };
        });
        book.forget();
        return {
          EventBusArn: busArn(caller, name),
          Description: input.Description,
          KmsKeyIdentifier: input.KmsKeyIdentifier,
          DeadLetterConfig: input.DeadLetterConfig as ServiceMembers | undefined,
        };
      },
    }),

    UpdateEventBus: awsOperation({
      input: { Name: m.busName, ...settings },
      access: (input, { caller }) => onBus("UpdateEventBus", input.Name, caller),
      async perform(input, { caller }) {
        const bus = await changed(input.Name, caller, (before) => ({
          ...before,
          description: input.Description ?? before.description,
          kmsKeyIdentifier: input.KmsKeyIdentifier ?? before.kmsKeyIdentifier,
          deadLetterArn: input.DeadLetterConfig?.Arn ?? before.deadLetterArn,
        }));
        const { Name, Arn, Description, KmsKeyIdentifier, DeadLetterConfig } = shownBus(
          bus,
          caller,
        );
        return { Name, Arn, Description, KmsKeyIdentifier, DeadLetterConfig };
      },
    }),

    DescribeEventBus: awsOperation({
      input: { Name: m.busNameOrArn },
      access: (input, { caller }) => onBus("DescribeEventBus", input.Name, caller),
      async perform(input, { caller }) {
        const { region, name, record } = await foundBus(context, input.Name, caller);
        return shownBus(record ?? { name }, { ...caller, region });
      },
    }),

    ListEventBuses: awsOperation({
      input: { NamePrefix: m.busName, NextToken: m.nextToken, Limit: m.limit },
      access: () => [{ action: "events:ListEventBuses", resource: "*" }],
      async perform(input, { caller }) {
        const made = await listed(book.buses.all(`${caller.region}|`));
        const all = made.some(({ name }) => name === defaultBus)
          ? made
          : [...made, { name: defaultBus }];
        const page = pageOf(
          all
            .filter(({ name }) => name.startsWith(input.NamePrefix ?? ""))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
          ({ name }) => name,
          { limit: input.Limit ?? usualLimit, token: input.NextToken },
        );
        return { EventBuses: page.items.map((bus) => shownBus(bus, caller)), NextToken: page.next };
      },
    }),

    DeleteEventBus: awsOperation({
      input: { Name: requiredName },
      access: (input, { caller }) => onBus("DeleteEventBus", input.Name, caller),
      async perform(input, { caller }) {
        const { region, name } = busOf(input.Name, caller);
        if (name === defaultBus) {
          throw new ServiceError("ValidationException", "Cannot delete event bus default.");
        }
        const { rules } = await book.contents({ ...caller, region }, name);
        if (rules.length > 0) {
          throw new ServiceError(
            "ValidationException",
            `Event bus ${name} can't be deleted since it has rules.`,
          );
        }
        await book.buses.update(documentId(region, name), () => undefined);
        book.forget();
        return {};
      },
    }),

    PutPermission: awsOperation({
      input: {
        EventBusName: m.busName,
        Action: { type: "string", min: 1, max: 64 },
        Principal: { type: "string", min: 1, max: 12 },
        StatementId: { type: "string", min: 1, max: 64 },
        Condition: { type: "document" },
        Policy: m.text,
      },
      access: (input, { caller }) => onBus("PutPermission", input.EventBusName, caller),
      async perform(input, { caller }) {
        const { region, name } = busOf(input.EventBusName, caller);
        const resource = busArn({ ...caller, region }, name);
        const statements =
          input.Policy === undefined
            ? { [required("StatementId", input.StatementId)]: statementOf(input, resource) }
            : statementsOf(checkedPolicy(input.Policy));
        await changed(input.EventBusName, caller, (bus) => {
          const kept = input.Policy === undefined ? bus.statements : {};
          const after = { ...bus, statements: { ...kept, ...statements } };
          if (JSON.stringify(after.statements).length > longestPolicy) {
            throw new ServiceError(
              "PolicyLengthExceededException",
              "The event bus policy is too long.",
            );
          }
          return after;
        });
        return {};
      },
    }),

    RemovePermission: awsOperation({
      input: { EventBusName: m.busName, StatementId: m.text, RemoveAllPermissions: m.flag },
      access: (input, { caller }) => onBus("RemovePermission", input.EventBusName, caller),
      async perform(input, { caller }) {
        const id = input.StatementId ?? "";
        await changed(input.EventBusName, caller, (bus) => {
          const { statements = {} } = bus;
          if (input.RemoveAllPermissions === true) return { ...bus, statements: {} };
          if (!Object.hasOwn(statements, id)) throw notFound(`Statement with the provided id`);
          const rest = Object.entries(statements).filter(([other]) => other !== id);
          return { ...bus, statements: Object.fromEntries(rest) };
        });
        return {};
      },
    }),
  };
}

function shownBus(
  bus: Partial<BusRecord> & Pick<BusRecord, "name">,
  scope: ArnScope,
): ServiceMembers {
  const statements = Object.values(bus.statements ?? {});
  return {
    Name: bus.name,
    Arn: busArn(scope, bus.name),
    Description: bus.description,
    KmsKeyIdentifier: bus.kmsKeyIdentifier,
    DeadLetterConfig: bus.deadLetterArn === undefined ? undefined : { Arn: bus.deadLetterArn },
    Policy:
      statements.length === 0
        ? undefined
        : JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    CreationTime: bus.createdAt === undefined ? undefined : new Date(bus.createdAt),
    LastModifiedTime: bus.modifiedAt === undefined ? undefined : new Date(bus.modifiedAt),
  };
}

interface GivenPermission {
  readonly Action?: string;
  readonly Principal?: string;
  readonly StatementId?: string;
  readonly Condition?: JsonValue;
}

/** *Documented*: PutPermission: the statement that it makes. */
function statementOf(given: GivenPermission, resource: string): JsonObject {
  const principal = required("Principal", given.Principal);
  return {
    Sid: required("StatementId", given.StatementId),
    Effect: "Allow",
    Principal: principal === "*" ? "*" : { AWS: `arn:aws:iam::${principal}:root` },
    Action: given.Action ?? "events:PutEvents",
    Resource: resource,
    ...(isCondition(given.Condition) && {
      Condition: { [given.Condition.Type]: { [given.Condition.Key]: given.Condition.Value } },
    }),
  };
}

interface Condition {
  readonly Type: string;
  readonly Key: string;
  readonly Value: string;
}

function isCondition(value: unknown): value is Condition {
  const { Type, Key, Value } = (value ?? {}) as Partial<Record<string, unknown>>;
  return [Type, Key, Value].every((member) => typeof member === "string");
}

/** Throws where IAM would not understand it: what nobody understands denies everything. */
function checkedPolicy(text: string): string {
  const policy = parsePolicy(text, "resource");
  if (!("problem" in policy)) return text;
  throw new ServiceError("InvalidParameterValue", `Policy is not valid: ${policy.problem}`);
}

function statementsOf(policy: string): { readonly [id: string]: JsonObject } {
  let document: JsonValue | undefined;
  try {
    document = JSON.parse(policy) as JsonValue;
  } catch {
    document = undefined;
  }
  const statements = document && isJsonObject(document) ? document["Statement"] : undefined;
  const list = Array.isArray(statements) ? (statements as readonly JsonValue[]) : [statements];
  const found = list.flatMap((one) => (one !== undefined && isJsonObject(one) ? [one] : []));
  if (found.length !== list.length) {
    throw new ServiceError("ValidationException", "The policy is not a valid policy document.");
  }
  return Object.fromEntries(
    found.map((one, index) => [typeof one["Sid"] === "string" ? one["Sid"] : String(index), one]),
  );
}

function required(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new ServiceError("ValidationException", `Parameter ${name} must be specified.`);
}
