import { InvalidEventPattern } from "../../eventing/pattern/invalid-event-pattern.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import type { Caller } from "../../ports/caller.ts";
import { type HttpBinding, ServiceError, type ServiceMembers } from "../../ports/service-api.ts";
import { numberOf, requiredText, structureOf, structuresOf, textOf, textsOf } from "../members.ts";
import type { EventSourceMapping } from "./event-source-mappings.ts";
import { type LambdaContext, qualifiedArn } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { functionPlace, type LambdaOperations, paged } from "./lambda-operation.ts";

const path = "/2015-03-31/event-source-mappings/";
const ofOne = `${path}{UUID}`;

/** *Documented*: of a queue: the largest batch, that without a window and of a FIFO queue, the usual one, and the longest window. */
const mostMessages = 10_000;
const mostAtOnce = 10;
const usualBatchSize = 10;
const longestWindowSeconds = 300;
/** *Documented*: MaximumConcurrency of a queue's mapping. */
const fewestConcurrent = 2;
const mostConcurrent = 1_000;
/** *Documented*: patterns of one mapping. */
const mostPatterns = 10;

/** Queues whose messages functions are given. *Our choice*: other sources are refused, since there are none of them here; a mapping is at once what it is to be. */
export function mappingOperations(context: LambdaContext): LambdaOperations {
  const { mappings } = context;
  const { ids, clock, mappingRunner } = context.options;

  /** An operation on one mapping, which is what its action is asked for. */
  const ofMapping = (
    name: string,
    http: HttpBinding,
    perform: (id: string, members: JsonObject, caller: Caller) => Promise<ServiceMembers>,
  ): LambdaOperations => ({
    [name]: {
      http,
      prepare({ members }, { caller }) {
        const id = requiredText(members, "UUID");
        return {
          access: [{ action: `lambda:${name}`, resource: mappingArn(caller, id) }],
          perform: async () => ({ members: await perform(id, members, caller) }),
        };
      },
    },
  });

  async function found(id: string, { region }: Caller): Promise<EventSourceMapping> {
    const mapping = await mappings.get(id);
    if (mapping?.region !== region) throw noMapping();
    return mapping;
  }

  async function shown(mapping: EventSourceMapping): Promise<ServiceMembers> {
    return shownMapping(mapping, await mappingRunner.problem(mapping.arn));
  }

  async function checkFunction(members: JsonObject, caller: Caller): Promise<string> {
    const place = functionPlace(members, caller);
    await context.version(place);
    return qualifiedArn(place);
  }

  return {
    CreateEventSourceMapping: {
      http: { method: "POST", path, status: 202 },
      prepare({ members }, { caller }) {
        const conditions = { "lambda:FunctionArn": qualifiedArn(functionPlace(members, caller)) };
        return {
          access: [{ action: "lambda:CreateEventSourceMapping", resource: "*", conditions }],
          async perform() {
            const queueArn = queueOf(members);
            const functionArn = await checkFunction(members, caller);
            for await (const { value } of mappings.all()) {
              if (value.queueArn !== queueArn || value.functionArn !== functionArn) continue;
              throw lambdaErrors.conflict(
                `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${functionArn} ") already exists. Please update or delete the existing mapping with UUID ${value.id}`,
              );
            }
            const id = ids.uuid();
            const mapping = changed(
              {
                id,
                arn: mappingArn(caller, id),
                region: caller.region,
                queueArn,
                functionArn,
                isEnabled: true,
                batchSize: usualBatchSize,
                windowSeconds: 0,
                filterPatterns: [],
                reportsItemFailures: false,
                tags: structureOf(members, "Tags"),
                modifiedAt: clock.now(),
              },
              members,
            );
            await mappings.update(id, () => mapping);
            await mappingRunner.changed();
            return { members: await shown(mapping) };
          },
        };
      },
    },

    ListEventSourceMappings: {
      http: {
        method: "GET",
        path,
        query: {
          EventSourceArn: "EventSourceArn",
          FunctionName: "FunctionName",
          Marker: "Marker",
          MaxItems: "MaxItems",
        },
      },
      prepare: ({ members }, { caller }) => ({
        access: [{ action: "lambda:ListEventSourceMappings", resource: "*" }],
        async perform() {
          const source = textOf(members, "EventSourceArn");
          const named = textOf(members, "FunctionName");
          const functionArn = named && qualifiedArn(functionPlace(members, caller));
          const all: EventSourceMapping[] = [];
          for await (const { value } of mappings.all()) {
            const isWanted =
              value.region === caller.region &&
              (source ?? value.queueArn) === value.queueArn &&
              (functionArn ?? value.functionArn) === value.functionArn;
            if (isWanted) all.push(value);
          }
          const { items, NextMarker } = paged(all, members, 100);
          const EventSourceMappings = await Promise.all(items.map(shown));
          return { members: { EventSourceMappings, NextMarker } };
        },
      }),
    },

    ...ofMapping("GetEventSourceMapping", { method: "GET", path: ofOne }, async (id, _, caller) =>
      shown(await found(id, caller)),
    ),

    ...ofMapping(
      "UpdateEventSourceMapping",
      { method: "PUT", path: ofOne, status: 202 },
      async (id, members, caller) => {
        await found(id, caller);
        const named = textOf(members, "FunctionName");
        const functionArn = named && (await checkFunction(members, caller));
        const after = await mappings.updated(id, (before) => {
          if (before === undefined) throw noMapping();
          return changed({ ...before, ...(functionArn && { functionArn }) }, members);
        });
        await mappingRunner.changed();
        return shown(after as EventSourceMapping);
      },
    ),

    ...ofMapping(
      "DeleteEventSourceMapping",
      { method: "DELETE", path: ofOne, status: 202 },
      async (id, _, caller) => {
        const mapping = await found(id, caller);
        await mappings.update(id, () => undefined);
        await mappingRunner.changed();
        return { ...shownMapping(mapping, undefined), State: "Deleting" };
      },
    ),
  };

  /** The mapping with what the members say, checked. */
  function changed(before: EventSourceMapping, members: JsonObject): EventSourceMapping {
    const after: EventSourceMapping = {
      ...before,
      isEnabled: members["Enabled"] === undefined ? before.isEnabled : isTrue(members["Enabled"]),
      batchSize: numberOf(members, "BatchSize", {
        usual: before.batchSize,
        least: 1,
        most: mostMessages,
      }),
      windowSeconds: numberOf(members, "MaximumBatchingWindowInSeconds", {
        usual: before.windowSeconds,
        least: 0,
        most: longestWindowSeconds,
      }),
      filterPatterns:
        members["FilterCriteria"] === undefined ? before.filterPatterns : patternsOf(members),
      reportsItemFailures:
        members["FunctionResponseTypes"] === undefined
          ? before.reportsItemFailures
          : textsOf(members, "FunctionResponseTypes").includes("ReportBatchItemFailures"),
      concurrency:
        members["ScalingConfig"] === undefined ? before.concurrency : concurrencyOf(members),
      modifiedAt: clock.now(),
    };
    checkBatches(after);
    return after;
  }
}

function mappingArn({ partition, region, accountId }: Caller, id: string): string {
  return `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${id}`;
}

function noMapping(): ServiceError {
  return lambdaErrors.notFound("The resource you requested does not exist.");
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** What is no queue is as unknown as an operation: templates that have others are deployed without them, and say so. */
function queueOf(members: JsonObject): string {
  const arn = textOf(members, "EventSourceArn") ?? "";
  if (/^arn:[^:]+:sqs:[^:]+:\d{12}:[\w.-]+$/.test(arn)) return arn;
  throw new ServiceError(
    "UnknownOperationException",
    `Stepwell's functions are given the messages of SQS queues and of no other source${arn === "" ? "" : `, such as ${arn}`}`,
  );
}

/** *Observed*: the words of AWS. */
function checkBatches({ batchSize, windowSeconds, queueArn }: EventSourceMapping): void {
  if (queueArn.endsWith(".fifo")) {
    if (windowSeconds > 0) {
      throw lambdaErrors.invalid("Batching window is not supported for FIFO queues");
    }
    if (batchSize > mostAtOnce) {
      throw lambdaErrors.invalid(`Maximum batch size of FIFO queues is ${mostAtOnce}`);
    }
  } else if (batchSize > mostAtOnce && windowSeconds === 0) {
    throw lambdaErrors.invalid(
      `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${mostAtOnce}`,
    );
  }
}

function patternsOf(members: JsonObject): readonly string[] {
  const filters = structuresOf(structureOf(members, "FilterCriteria"), "Filters");
  if (filters.length > mostPatterns) {
    throw lambdaErrors.invalid(`At most ${mostPatterns} filters are allowed`);
  }
  return filters.map((filter) => {
    const pattern = textOf(filter, "Pattern") ?? "";
    try {
      parsePattern(pattern);
    } catch (error) {
      if (!(error instanceof InvalidEventPattern)) throw error;
      throw lambdaErrors.invalid(`Invalid filter pattern definition. ${error.reason}`);
    }
    return pattern;
  });
}

function concurrencyOf(members: JsonObject): number | undefined {
  const scaling = members["ScalingConfig"];
  if (scaling === undefined || !isJsonObject(scaling)) return undefined;
  if (scaling["MaximumConcurrency"] === undefined) return undefined;
  return numberOf(scaling, "MaximumConcurrency", {
    usual: mostConcurrent,
    least: fewestConcurrent,
    most: mostConcurrent,
  });
}

function shownMapping(mapping: EventSourceMapping, problem: string | undefined): ServiceMembers {
  const { filterPatterns, concurrency } = mapping;
  return {
    UUID: mapping.id,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowSeconds,
    FilterCriteria:
      filterPatterns.length === 0
        ? undefined
        : { Filters: filterPatterns.map((Pattern) => ({ Pattern })) },
    FunctionResponseTypes: mapping.reportsItemFailures ? ["ReportBatchItemFailures"] : [],
    ScalingConfig: concurrency === undefined ? undefined : { MaximumConcurrency: concurrency },
    LastModified: new Date(mapping.modifiedAt),
    // Ours: what keeps it from going on. AWS says nothing of it for queues.
    LastProcessingResult: problem === undefined ? undefined : `PROBLEM: ${problem}`,
    State: mapping.isEnabled ? "Enabled" : "Disabled",
    StateTransitionReason: "USER_INITIATED",
  };
}
