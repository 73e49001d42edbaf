import type { WrittenState } from "../../asl/resources/written-states.ts";
import type { QueryLanguage } from "../../asl/definition.ts";
import { isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { MachineContext, Requirement } from "./requirement.ts";
import { knownText, unknownValue } from "./written-value.ts";

/**
 * What a distributed Map needs: to run its children, and the objects that it reads and writes. *Documented*: IAM policies for
 * using Distributed Map states.
 */
export function mapRequirements(
  written: WrittenState,
  context: MachineContext,
): readonly Requirement[] {
  const { state, location } = written;
  const processor = ownMember(state, "ItemProcessor") ?? ownMember(state, "Iterator");
  const config = isJsonObject(processor) ? ownMember(processor, "ProcessorConfig") : undefined;
  const member = (name: string) => (isJsonObject(config) ? ownMember(config, name) : undefined);
  if (ownMember(state, "Type") !== "Map" || member("Mode") !== "DISTRIBUTED") return [];
  const needed = [
    ...childRequirements(written, member("ExecutionType") === "EXPRESS", context),
    ...readerRequirements(written, context),
    ...writerRequirements(written, context),
  ];
  return needed.map((one) => ({ ...one, location }));
}

/** Nobody describes or stops an Express child; where a Map has no label, its runs have one that follows from where it is. */
function childRequirements(
  { state }: WrittenState,
  isExpress: boolean,
  { stateMachineArn }: MachineContext,
): readonly Requirement[] {
  const start = { action: "states:StartExecution", resource: stateMachineArn };
  if (isExpress) return [start];
  const label = ownMember(state, "Label");
  const run = `${stateMachineArn.replace(":stateMachine:", ":execution:")}/${typeof label === "string" ? label : "*"}:*`;
  return [
    start,
    ...["DescribeExecution", "RedriveExecution", "StopExecution"].map((name) => ({
      action: `states:${name}`,
      resource: run,
    })),
  ];
}

function readerRequirements(
  { state, language }: WrittenState,
  context: MachineContext,
): readonly Requirement[] {
  const reader = ownMember(state, "ItemReader");
  if (!isJsonObject(reader)) return [];
  const place = placeOf(reader, language);
  const config = ownMember(reader, "ReaderConfig");
  const inputType = isJsonObject(config) ? ownMember(config, "InputType") : undefined;
  const transformation = isJsonObject(config) ? ownMember(config, "Transformation") : undefined;
  const resource = ownMember(reader, "Resource");
  const isListing = typeof resource === "string" && resource.endsWith(":s3:listObjectsV2");
  // The objects that a manifest names may be in any bucket; those of a list are read where they are taken apart.
  const objects: readonly Requirement[] = isListing
    ? transformation === "LOAD_AND_FLATTEN"
      ? [objectAccess("s3:GetObject", place, `${place.prefix}*`, context)]
      : []
    : [objectAccess("s3:GetObject", place, place.key, context)];
  return [
    ...(isListing ? [bucketAccess("s3:ListBucket", place, context)] : []),
    ...objects,
    ...(inputType === "MANIFEST"
      ? [{ action: "s3:GetObject", resource: unknownValue, isDynamic: true as const }]
      : []),
  ];
}

function writerRequirements(
  { state, language }: WrittenState,
  context: MachineContext,
): readonly Requirement[] {
  const writer = ownMember(state, "ResultWriter");
  // Without a bucket it only shapes what the state answers.
  if (!isJsonObject(writer) || ownMember(writer, "Resource") === undefined) return [];
  const place = placeOf(writer, language);
  const folder = place.prefix === "" ? "*" : `${place.prefix.replace(/\/$/, "")}/*`;
  return ["AbortMultipartUpload", "GetObject", "ListMultipartUploadParts", "PutObject"].map(
    (name) => objectAccess(`s3:${name}`, place, folder, context),
  );
}

interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  readonly prefix: string;
}

function placeOf(holder: JsonValue, language: QueryLanguage): ObjectPlace {
  const given = isJsonObject(holder)
    ? ownMember(holder, language === "JSONata" ? "Arguments" : "Parameters")
    : undefined;
  return {
    bucket: knownText(given, "Bucket", language) ?? unknownValue,
    key: knownText(given, "Key", language) ?? unknownValue,
    prefix: knownText(given, "Prefix", language) ?? "",
  };
}

function bucketAccess(
  action: string,
  { bucket }: ObjectPlace,
  context: MachineContext,
): Requirement {
  const { partition } = scopeOfArn(context.stateMachineArn);
  return {
    action,
    resource: `arn:${partition}:s3:::${bucket}`,
    ...(bucket === unknownValue && { isDynamic: true }),
  };
}

function objectAccess(
  action: string,
  place: ObjectPlace,
  key: string,
  context: MachineContext,
): Requirement {
  const bucket = bucketAccess(action, place, context);
  const isDynamic = bucket.isDynamic === true || key === unknownValue;
  return { ...bucket, resource: `${bucket.resource}/${key}`, ...(isDynamic && { isDynamic }) };
}
