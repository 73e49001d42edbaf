import { kindOfSource, type SourceKind } from "../../../../src/triggers/pipes/pipe-arns.ts";
import type { PipeRecord, SourceParameters } from "../../../../src/triggers/pipes/pipe-record.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";

/** A pipe as EventBridge Pipes' API has it: whatever of it a form does not know stays as it is. */
export type StoredPipe = Omit<PipeRecord, "CreationTime" | "LastModifiedTime">;

interface Named {
  readonly arn: string;
  readonly name: string;
}

/** What a form says of a pipe. Empty texts: it does not say. */
export interface GivenPipe {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly batchSize: string;
  readonly windowSeconds: string;
  readonly prefix: string;
  readonly idColumn: string;
  readonly doneColumn: string;
  readonly channel: string;
  readonly patterns: readonly string[];
  readonly enrichment: string;
  readonly target: string;
  /** Whether the answer of the target is waited for. */
  readonly waits: boolean;
  readonly template: string;
  readonly roleArn: string;
  readonly isOn: boolean;
}

/** What of a source's parameters is said of each kind, by the member that has it. */
const parametersOfKind = {
  sqs: { member: "SqsQueueParameters", fields: ["batchSize", "windowSeconds"] },
  bucket: { member: "S3BucketParameters", fields: ["batchSize", "prefix"] },
  table: {
    member: "PostgresTableParameters",
    fields: ["batchSize", "idColumn", "doneColumn", "channel"],
  },
  channel: undefined,
} as const satisfies {
  readonly [K in SourceKind]:
    | { readonly member: keyof SourceParameters; readonly fields: readonly SourceField[] }
    | undefined;
};

/** Names of what is said of a source, as the API has them. */
const members = {
  batchSize: "BatchSize",
  windowSeconds: "MaximumBatchingWindowInSeconds",
  prefix: "Prefix",
  idColumn: "IdColumn",
  doneColumn: "DoneColumn",
  channel: "Channel",
} as const;

export type SourceField = keyof typeof members;

/** What may be said of a source. */
export function fieldsOfSource(source: string): readonly SourceField[] {
  const kind = kindOfSource(source);
  return (kind === undefined ? undefined : parametersOfKind[kind])?.fields ?? [];
}

export function isNumberField(field: SourceField): boolean {
  return field === "batchSize" || field === "windowSeconds";
}

export function readPipe({ arn, name }: Named): Promise<StoredPipe> {
  return callService<StoredPipe>("pipes", "DescribePipe", { Name: name }, regionOf(arn));
}

export function deletePipe({ arn, name }: Named): Promise<unknown> {
  return callService("pipes", "DeletePipe", { Name: name }, regionOf(arn));
}

export function createPipe(given: GivenPipe): Promise<unknown> {
  return callService("pipes", "CreatePipe", {
    Name: given.name,
    Source: given.source,
    DesiredState: given.isOn ? "RUNNING" : "STOPPED",
    ...changeable(given, undefined),
  });
}

export function updatePipe(given: GivenPipe, stored: StoredPipe): Promise<unknown> {
  return callService(
    "pipes",
    "UpdatePipe",
    { Name: stored.Name, ...changeable(given, stored) },
    regionOf(stored.Arn),
  );
}

/** The form of a stored pipe. */
export function givenOf(stored: StoredPipe): GivenPipe {
  const { SourceParameters: parameters = {}, TargetParameters: target = {} } = stored;
  const kind = kindOfSource(stored.Source);
  const own = ownParameters(kind, parameters);
  const textOf = (field: SourceField): string => String(own[members[field]] ?? "");
  const calling = target.StepFunctionStateMachineParameters ?? target.LambdaFunctionParameters;
  return {
    name: stored.Name,
    description: stored.Description ?? "",
    source: stored.Source,
    batchSize: textOf("batchSize"),
    windowSeconds: textOf("windowSeconds"),
    prefix: textOf("prefix"),
    idColumn: textOf("idColumn"),
    doneColumn: textOf("doneColumn"),
    channel: textOf("channel"),
    patterns: (parameters.FilterCriteria?.Filters ?? []).flatMap(({ Pattern = "" }) =>
      Pattern === "" ? [] : [Pattern],
    ),
    enrichment: stored.Enrichment ?? "",
    target: stored.Target,
    // *Documented*: the default is to wait for the answer.
    waits: (calling?.InvocationType ?? "REQUEST_RESPONSE") === "REQUEST_RESPONSE",
    template: target.InputTemplate ?? "",
    roleArn: stored.RoleArn ?? "",
    isOn: stored.DesiredState === "RUNNING",
  };
}

/** What a pipe is made of that may be changed later. */
export function changeable(given: GivenPipe, stored: StoredPipe | undefined): Partial<PipeRecord> {
  const InvocationType = given.waits ? "REQUEST_RESPONSE" : "FIRE_AND_FORGET";
  const [, , service] = given.target.split(":");
  return {
    Description: given.description,
    SourceParameters: sourceParameters(given, stored?.SourceParameters),
    Enrichment: given.enrichment,
    ...(stored?.EnrichmentParameters && { EnrichmentParameters: stored.EnrichmentParameters }),
    Target: given.target,
    TargetParameters: {
      ...stored?.TargetParameters,
      InputTemplate: given.template,
      ...(service === "states" && { StepFunctionStateMachineParameters: { InvocationType } }),
      ...(service === "lambda" && { LambdaFunctionParameters: { InvocationType } }),
    },
    RoleArn: given.roleArn,
  };
}

function sourceParameters(
  given: GivenPipe,
  stored: SourceParameters | undefined,
): SourceParameters {
  const kind = kindOfSource(given.source);
  const known = kind === undefined ? undefined : parametersOfKind[kind];
  const own = Object.fromEntries(
    (known?.fields ?? [])
      .filter((field) => given[field] !== "")
      .map((field) => [members[field], isNumberField(field) ? Number(given[field]) : given[field]]),
  );
  return {
    ...stored,
    ...(known && { [known.member]: own }),
    FilterCriteria: { Filters: given.patterns.map((Pattern) => ({ Pattern })) },
  };
}

function ownParameters(
  kind: SourceKind | undefined,
  parameters: SourceParameters,
): { readonly [member: string]: unknown } {
  const known = kind === undefined ? undefined : parametersOfKind[kind];
  return { ...(known && parameters[known.member]) };
}
