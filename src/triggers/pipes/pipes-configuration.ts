import type { ArnScope } from "../../machine/arns.ts";
import { isTargetArn } from "../targets/start-target.ts";
import { isFunction, isStateMachine, kindOfSource } from "./pipe-arns.ts";
import { pipeArn } from "./pipe-book.ts";
import { pipeLanguage } from "./pipe-events.ts";
import type { PipeRecord } from "./pipe-record.ts";
import { PipeFailure } from "./pipe-source.ts";

/** `pipes` of the configuration: by their names. Members are those of CreatePipe. */
export interface PipesConfiguration {
  readonly [name: string]: ConfiguredPipe;
}

export type ConfiguredPipe = Pick<
  PipeRecord,
  | "Description"
  | "Source"
  | "SourceParameters"
  | "Enrichment"
  | "EnrichmentParameters"
  | "Target"
  | "TargetParameters"
  | "RoleArn"
> & { readonly DesiredState?: PipeRecord["DesiredState"] };

/** Throws what {@link checkPipe} does. */
export function configuredPipe(name: string, given: ConfiguredPipe, scope: ArnScope): PipeRecord {
  const { DesiredState = "RUNNING" } = given;
  const record: PipeRecord = {
    ...given,
    Arn: pipeArn(scope, name),
    Name: name,
    DesiredState,
    Tags: {},
    CreationTime: 0,
    LastModifiedTime: 0,
  };
  checkPipe(record);
  return record;
}

/** Whether there can be such a pipe. Throws a {@link PipeFailure}, or an `InvalidEventPattern`. */
export function checkPipe(pipe: PipeRecord): void {
  const { Source, Enrichment = "", Target } = pipe;
  if (kindOfSource(Source) === undefined) {
    throw new PipeFailure(
      `Stepwell has no source ${Source}: there are SQS queues, arn:aws:s3:::BUCKET, arn:stepwell:postgres:::DATABASE/table/NAME and …/channel/NAME`,
    );
  }
  if (Enrichment !== "" && !isStateMachine(Enrichment) && !isFunction(Enrichment)) {
    throw new PipeFailure(
      `Stepwell cannot enrich by ${Enrichment}: by state machines and functions`,
    );
  }
  if (!isTargetArn(Target)) throw new PipeFailure(`Stepwell has no target ${Target}`);
  pipeLanguage(pipe);
}
