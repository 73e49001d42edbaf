import type { JsonObject } from "../../expression/json.ts";
import {
  functionId,
  type LayerVersionRecord,
  versionId,
  versionPrefix,
} from "../../integrations/functions/deployed/function-record.ts";
import type { Access } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { HttpBinding, ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import { requiredText, structureOf, textOf, textsOf } from "../members.ts";
import { layerVersionArn, parseLayerArn } from "./layer-versions.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { type LambdaOperations, paged } from "./lambda-operation.ts";
import { removeUnused } from "./removed-code.ts";
import { shownTime } from "./shown-function.ts";
import { codeAccess, uploadedArchive, withCode } from "./uploaded-code.ts";

const layersPath = "/2018-10-31/layers";
const versionsPath = `${layersPath}/{LayerName}/versions`;
const versionPath = `${versionsPath}/{VersionNumber}`;

/** *Documented*: layers, and versions of one, of a page. */
const mostLayers = 50;

interface LayerCall {
  readonly members: JsonObject;
  readonly caller: Caller;
  readonly name: string;
}

/** Layers: code that functions share. */
export function layerOperations(context: LambdaContext): LambdaOperations {
  const { clock } = context.options;

  async function found({ members, caller, name }: LayerCall): Promise<LayerVersionRecord> {
    const number = requiredText(members, "VersionNumber");
    const version = /^\d{1,9}$/.test(number)
      ? await context.layerVersions.get(versionId(caller.region, name, number))
      : undefined;
    if (version === undefined) {
      throw lambdaErrors.notFound("The resource you requested does not exist.");
    }
    return version;
  }

  return {
    PublishLayerVersion: ofLayer(
      "PublishLayerVersion",
      { method: "POST", path: versionsPath, status: 201 },
      async ({ members, caller, name }) => {
        const archive = await uploadedArchive(context, structureOf(members, "Content"));
        return withCode(context, archive, async (code) => {
          let version = 0;
          await context.layers.update(functionId(caller.region, name), (before) => {
            version = (before?.lastVersion ?? 0) + 1;
            return { name, lastVersion: version };
          });
          const licenseInfo = textOf(members, "LicenseInfo");
          const record: LayerVersionRecord = {
            name,
            version,
            description: textOf(members, "Description") ?? "",
            ...(licenseInfo !== undefined && { licenseInfo }),
            runtimes: textsOf(members, "CompatibleRuntimes"),
            architectures: textsOf(members, "CompatibleArchitectures"),
            ...code,
            createdAt: clock.now(),
          };
          const id = versionId(caller.region, name, version);
          await context.layerVersions.update(id, () => record);
          return shownLayerVersion(record, caller);
        });
      },
      (members, caller) => codeAccess(structureOf(members, "Content"), caller),
    ),

    GetLayerVersion: ofLayer(
      "GetLayerVersion",
      { method: "GET", path: versionPath },
      async (call) => shownLayerVersion(await found(call), call.caller),
    ),

    GetLayerVersionByArn: {
      http: { method: "GET", path: layersPath, markers: ["Arn"], query: { Arn: "Arn" } },
      prepare({ members }, { caller }) {
        const arn = requiredText(members, "Arn");
        const { name, version } = parseLayerArn(arn);
        return {
          access: [{ action: "lambda:GetLayerVersion", resource: arn }],
          async perform() {
            const call = { members: { VersionNumber: version }, caller, name };
            return { members: shownLayerVersion(await found(call), caller) };
          },
        };
      },
    },

    /** *Documented*: deleting what is not there succeeds, and functions keep what they have. */
    DeleteLayerVersion: ofLayer(
      "DeleteLayerVersion",
      { method: "DELETE", path: versionPath, status: 204 },
      async ({ members, caller, name }) => {
        const removed: string[] = [];
        const id = versionId(caller.region, name, requiredText(members, "VersionNumber"));
        await context.layerVersions.update(id, (before) => {
          if (before !== undefined) removed.push(before.codeSha256);
          return undefined;
        });
        await removeUnused(context, removed);
        return {};
      },
    ),

    ListLayerVersions: ofLayer(
      "ListLayerVersions",
      { method: "GET", path: versionsPath, query: { Marker: "Marker", MaxItems: "MaxItems" } },
      async ({ members, caller, name }) => {
        const all: LayerVersionRecord[] = [];
        const prefix = versionPrefix(caller.region, name);
        for await (const { value } of context.layerVersions.all(prefix)) all.push(value);
        const { items, NextMarker } = paged(all.toReversed(), members, mostLayers);
        return { LayerVersions: items.map((one) => shownSummary(one, caller)), NextMarker };
      },
    ),

    ListLayers: {
      http: {
        method: "GET",
        path: layersPath,
        query: { Marker: "Marker", MaxItems: "MaxItems" },
      },
      prepare: ({ members }, { caller }) => ({
        access: [{ action: "lambda:ListLayers", resource: "*" }],
        async perform() {
          const newest = new Map<string, LayerVersionRecord>();
          for await (const { value } of context.layerVersions.all(`${caller.region}/`)) {
            newest.set(value.name, value);
          }
          const { items, NextMarker } = paged([...newest.values()], members, mostLayers);
          const Layers = items.map((version) => ({
            LayerName: version.name,
            LayerArn: layerArn(caller, version.name),
            LatestMatchingVersion: shownSummary(version, caller),
          }));
          return { members: { Layers, NextMarker } };
        },
      }),
    },
  };
}

function ofLayer(
  operation: string,
  http: HttpBinding,
  perform: (call: LayerCall) => Promise<ServiceMembers>,
  also: (members: JsonObject, caller: Caller) => readonly Access[] = () => [],
): ServiceOperation {
  return {
    http,
    prepare({ members }, { caller }) {
      const name = layerName(members, caller);
      const number = textOf(members, "VersionNumber");
      const arn = layerArn(caller, name);
      return {
        access: [
          {
            action: `lambda:${operation}`,
            resource: number === undefined ? arn : `${arn}:${number}`,
          },
          ...also(members, caller),
        ],
        perform: async () => ({ members: await perform({ members, caller, name }) }),
      };
    },
  };
}

/** *Documented*: a name or an ARN. */
function layerName(members: JsonObject, caller: Caller): string {
  const given = requiredText(members, "LayerName");
  const prefix = layerArn(caller, "");
  const name = given.startsWith(prefix) ? given.slice(prefix.length) : given;
  if (/^[A-Za-z0-9_-]{1,140}$/.test(name)) return name;
  throw lambdaErrors.constraint(
    "layerName",
    given,
    String.raw`satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+`,
  );
}

function layerArn({ partition, region, accountId }: Caller, name: string): string {
  return `arn:${partition}:lambda:${region}:${accountId}:layer:${name}`;
}

function shownSummary(version: LayerVersionRecord, caller: Caller): ServiceMembers {
  const { partition, region, accountId: account } = caller;
  return {
    LayerVersionArn: layerVersionArn({ partition, region, account }, version),
    Version: version.version,
    Description: version.description,
    CreatedDate: shownTime(version.createdAt),
    CompatibleRuntimes: version.runtimes,
    CompatibleArchitectures: version.architectures,
    LicenseInfo: version.licenseInfo,
  };
}

function shownLayerVersion(version: LayerVersionRecord, caller: Caller): ServiceMembers {
  return {
    ...shownSummary(version, caller),
    LayerArn: layerArn(caller, version.name),
    Content: { CodeSha256: version.codeSha256, CodeSize: version.codeSize },
  };
}
