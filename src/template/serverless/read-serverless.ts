import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { readValue } from "../reading/read-value.ts";
import { placesOf } from "../reading/places.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { samTransform } from "../transforms/expand-template.ts";
import { renameReferences } from "../sam/rename-references.ts";
import { TemplateError, type ReadLocalFile, type Template } from "../template.ts";
import { activityId, functionId } from "./names.ts";
import { memberObject, type ServerlessService } from "./service.ts";
import { functionResources } from "./functions.ts";
import { restApiResources } from "./rest-api.ts";
import { stateMachineResources } from "./state-machines.ts";
import { resolveVariables, type VariableSources } from "./variables.ts";

export interface ServerlessOptions {
  readonly name: string;
  /** `--stage`, `--region` and others: what `${opt:…}` gives. */
  readonly options?: { readonly [name: string]: string };
  readonly environment?: { readonly [name: string]: string | undefined };
  readonly parameters?: { readonly [name: string]: string };
  readonly readFile?: ReadLocalFile;
}

/** A service as a template, and what its stack is called. */
export interface ServerlessTemplate {
  /** Its state machines and functions are SAM's: `expandTemplate` is still to be called. */
  readonly template: Template;
  readonly stackName: string;
  readonly region: string;
  readonly stage: string;
}

/**
 * Reads a `serverless.yml` with serverless-step-functions.
 *
 * Logical ids are those of the framework and of the plugin; what is made for events has SAM's. Documented: both projects' pages.
 */
export function readServerless(text: string, options: ServerlessOptions): ServerlessTemplate {
  const { value } = readValue(text);
  if (!isJsonObject(value)) throw new TemplateError("serverless.yml must be a map.");
  const sources = sourcesOf(value, options);
  const document = resolveVariables(value, sources);
  const service = serviceOf(document, sources);
  const own = resourcesOf(document);
  const names = localNames(service);
  const resources = {
    ...functionResources(service),
    ...stateMachineResources(service),
    ...restApiResources(service),
    ...activities(service),
    ...memberObject(own, "Resources"),
  };
  const sections = renameReferences(
    {
      AWSTemplateFormatVersion: "2010-09-09",
      Transform: samTransform,
      ...own,
      Resources: resources,
      Outputs: { ...outputs(resources), ...memberObject(own, "Outputs") },
    },
    names,
  ) as JsonObject;
  return {
    template: { name: options.name, sections, place: placesOf(text) },
    stackName:
      scalarText(ownMember(service.provider, "stackName")) ?? `${service.name}-${service.stage}`,
    region: service.region,
    stage: service.stage,
  };
}

function sourcesOf(document: JsonObject, options: ServerlessOptions): VariableSources {
  const given = options.options ?? {};
  const provider = memberObject(document, "provider");
  const literal = (name: string) => {
    const text = scalarText(ownMember(provider, name));
    return text?.includes("${") ? undefined : text;
  };
  return {
    options: given,
    environment: options.environment ?? {},
    parameters: options.parameters ?? {},
    stage: given["stage"] ?? literal("stage") ?? "dev",
    region: given["region"] ?? literal("region") ?? "us-east-1",
    readFile: options.readFile,
  };
}

function serviceOf(document: JsonObject, sources: VariableSources): ServerlessService {
  const written = ownMember(document, "service");
  const name = scalarText(isObject(written) ? ownMember(written, "name") : written);
  if (name === undefined) throw new TemplateError('serverless.yml must have a "service".');
  const provider = memberObject(document, "provider");
  const steps = memberObject(document, "stepFunctions");
  return {
    name,
    provider,
    stage: sources.options["stage"] ?? scalarText(ownMember(provider, "stage")) ?? sources.stage,
    region:
      sources.options["region"] ?? scalarText(ownMember(provider, "region")) ?? sources.region,
    functions: mapOf(document, "functions"),
    stateMachines: mapOf(steps, "stateMachines"),
    activities: listOf(ownMember(steps, "activities")),
    artifact: scalarText(ownMember(memberObject(document, "package"), "artifact")),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && isJsonObject(value);
}

/** A map, or a list of maps: `functions: [${file(a.yml)}, ${file(b.yml)}]`. */
function mapOf(document: JsonObject, name: string): JsonObject {
  const written = ownMember(document, name) ?? {};
  const parts = isJsonArray(written) ? written : [written];
  return Object.assign({}, ...parts.filter(isJsonObject)) as JsonObject;
}

function listOf(value: JsonValue | undefined): readonly string[] {
  if (value === undefined || !isJsonArray(value)) return [];
  return value.map((item) => scalarText(item) ?? "");
}

/** The sections of `resources`, which may be a list of parts. */
function resourcesOf(document: JsonObject): JsonObject {
  const written = ownMember(document, "resources") ?? {};
  const parts = (isJsonArray(written) ? written : [written]).filter(isJsonObject);
  const merged: Record<string, JsonValue> = {};
  for (const [name, section] of parts.flatMap((part) => Object.entries(part))) {
    if (name === "extensions") {
      throw new TemplateError("Stepwell does not know resources.extensions of serverless.yml.");
    }
    const before = merged[name];
    merged[name] = isObject(before) && isJsonObject(section) ? { ...before, ...section } : section;
  }
  return merged;
}

/** `Fn::GetAtt: [hello, Arn]` names a function as the file does. */
function localNames({
  functions,
  activities: own,
}: ServerlessService): ReadonlyMap<string, string> {
  return new Map([
    ...Object.keys(functions).map((name) => [name, functionId(name)] as const),
    ...own.map((name) => [name, activityId(name)] as const),
  ]);
}

function activities({ activities: names }: ServerlessService): JsonObject {
  return Object.fromEntries(
    names.map((name) => [
      activityId(name),
      { Type: "AWS::StepFunctions::Activity", Properties: { Name: name } },
    ]),
  );
}

/** Documented by serverless-step-functions: the ARN of each machine. */
function outputs(resources: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resources)
      .filter(
        ([, resource]) =>
          isJsonObject(resource) && resource["Type"] === "AWS::Serverless::StateMachine",
      )
      .map(([logicalId]) => [
        `${logicalId}Arn`,
        { Description: "Current StateMachine Arn", Value: { Ref: logicalId } },
      ]),
  );
}
