import type { DeployedFunctions } from "../../integrations/functions/deployed/deployed-functions.ts";
import {
  functionCollections,
  functionId,
  type FunctionRecord,
  type FunctionVersionRecord,
  type LayerRecord,
  type LayerVersionRecord,
  versionId,
} from "../../integrations/functions/deployed/function-record.ts";
import { versionOf } from "../../integrations/functions/deployed/qualified-version.ts";
import type { LocalBuckets } from "../../integrations/object-store/local-buckets.ts";
import type { LambdaService } from "../../integrations/lambda/lambda-service.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Ids } from "../../ports/ids.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { CodeLinks } from "./code-links.ts";
import {
  type EventSourceMapping,
  eventSourceMappings,
  type MappingRunner,
} from "./event-source-mappings.ts";
import { lambdaErrors } from "./lambda-errors.ts";

export interface LambdaOptions {
  readonly store: DocumentStore;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  /** Where code may be that is named by bucket and key. */
  readonly buckets: Pick<LocalBuckets, "get">;
  readonly lambda: Pick<LambdaService, "invokeHere">;
  readonly deployed: DeployedFunctions;
  readonly codeLinks: CodeLinks;
  /** What polls queues for functions. */
  readonly mappingRunner: MappingRunner;
  /** Whether new code is taken, which runs as the server's user. */
  readonly takesCode: boolean;
}

/** What Lambda's operations share: the documents of functions and layers, and what goes with their changes. */
export class LambdaContext {
  readonly functions: DocumentCollection<FunctionRecord>;
  readonly versions: DocumentCollection<FunctionVersionRecord>;
  readonly layers: DocumentCollection<LayerRecord>;
  readonly layerVersions: DocumentCollection<LayerVersionRecord>;
  readonly mappings: DocumentCollection<EventSourceMapping>;
  readonly options: LambdaOptions;

  constructor(options: LambdaOptions) {
    const { store } = options;
    this.options = options;
    this.mappings = eventSourceMappings(store);
    this.functions = new DocumentCollection(store, functionCollections.functions);
    this.versions = new DocumentCollection(store, functionCollections.versions);
    this.layers = new DocumentCollection(store, functionCollections.layers);
    this.layerVersions = new DocumentCollection(store, functionCollections.layerVersions);
  }

  async function({ region, name, arn }: FunctionPlace): Promise<FunctionRecord> {
    const found = await this.functions.get(functionId(region, name));
    if (found === undefined) throw lambdaErrors.functionNotFound(arn);
    return found;
  }

  /** The function with the version that its qualifier means. An alias means its own, whatever share of calls goes to another. */
  async version(
    place: FunctionPlace,
  ): Promise<{ readonly record: FunctionRecord; readonly version: FunctionVersionRecord }> {
    const record = await this.function(place);
    const number = versionOf(record, place.qualifier, 1);
    if (number === record.latest.version) return { record, version: record.latest };
    const version =
      number && (await this.versions.get(versionId(place.region, place.name, number)));
    if (!version) throw lambdaErrors.functionNotFound(qualifiedArn(place));
    return { record, version };
  }

  /** Changes a function that is there; what `change` throws changes nothing. */
  async update(
    place: FunctionPlace,
    change: (before: FunctionRecord) => FunctionRecord,
  ): Promise<FunctionRecord> {
    let after: FunctionRecord | undefined;
    await this.functions.update(functionId(place.region, place.name), (before) => {
      if (before === undefined) throw lambdaErrors.functionNotFound(place.arn);
      after = change(before);
      return after;
    });
    this.options.deployed.forget(place.region, place.name);
    // Queues are polled in the function's role.
    await this.options.mappingRunner.changed();
    return after as FunctionRecord;
  }
}

/** A function as an operation names it. */
export interface FunctionPlace {
  readonly region: string;
  readonly name: string;
  /** Without a qualifier. */
  readonly arn: string;
  readonly qualifier: string | undefined;
}

export function qualifiedArn({ arn, qualifier }: FunctionPlace): string {
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
