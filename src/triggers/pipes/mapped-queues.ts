import {
  type EventSourceMapping,
  eventSourceMappings,
} from "../../aws-services/lambda/event-source-mappings.ts";
import {
  functionCollections,
  functionId,
  type FunctionRecord,
} from "../../integrations/functions/deployed/function-record.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { PipeRecord } from "./pipe-record.ts";

/** The queues that functions are given the messages of, as the pipes that give them. */
export function mappedQueues(store: DocumentStore): () => Promise<readonly PipeRecord[]> {
  const mappings = eventSourceMappings(store);
  const functions = new DocumentCollection<FunctionRecord>(store, functionCollections.functions);
  return async () => {
    const found: PipeRecord[] = [];
    for await (const { value } of mappings.all()) {
      const [name = ""] = value.functionArn.split(":").slice(6);
      const called = await functions.get(functionId(value.region, name));
      // A mapping outlives its function, and then has nobody to give anything to.
      if (called !== undefined) found.push(pipeOf(value, called.latest.roleArn));
    }
    return found;
  };
}

/** *Documented*: the queue is polled in the role of the function. */
function pipeOf(mapping: EventSourceMapping, roleArn: string): PipeRecord {
  const { reportsItemFailures, concurrency } = mapping;
  return {
    Arn: mapping.arn,
    Name: mapping.id,
    DesiredState: mapping.isEnabled ? "RUNNING" : "STOPPED",
    Source: mapping.queueArn,
    SourceParameters: {
      FilterCriteria: { Filters: mapping.filterPatterns.map((Pattern) => ({ Pattern })) },
      SqsQueueParameters: {
        BatchSize: mapping.batchSize,
        MaximumBatchingWindowInSeconds: mapping.windowSeconds,
      },
    },
    Target: mapping.functionArn,
    Mapping: { reportsItemFailures, ...(concurrency !== undefined && { concurrency }) },
    RoleArn: roleArn,
    Tags: {},
    CreationTime: mapping.modifiedAt,
    LastModifiedTime: mapping.modifiedAt,
  };
}
