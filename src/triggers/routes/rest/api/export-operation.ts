import { stringify } from "yaml";
import { exportRestApi, exportTypes } from "../../../../eventing/open-api/export-rest-api.ts";
import type { ServiceOperation } from "../../../../ports/service-api.ts";
import { noSuch } from "../no-such.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { inRecord, type RestContext } from "./rest-context.ts";
import { restApiId, texts } from "./shared-members.ts";

/** GetExport: a stage as an OpenAPI document, in JSON or YAML. */
export function exportOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, publicUrl } = context;
  return {
    GetExport: asDocument(
      gatewayOperation({
        http: {
          method: "GET",
          path: "/restapis/{restApiId}/stages/{stageName}/exports/{exportType}",
          query: { extensions: "extensions" },
          headers: { accepts: "accept" },
        },
        input: {
          restApiId,
          stageName: { type: "string", required: true },
          exportType: { type: "string", required: true, enum: exportTypes },
          extensions: texts,
          accepts: { type: "string" },
        },
        async perform({ restApiId: id, stageName, exportType, extensions = [], accepts = "" }) {
          const record = await desk.api(id);
          const { deploymentId } = inRecord(record.stages, stageName) ?? noSuch("stage");
          const api = (await desk.deployed(id, deploymentId)) ?? noSuch("Deployment");
          const { createdAt } = record.deployments[deploymentId] ?? record;
          const wanted = new Set(extensions.flatMap((each) => each.split(",")));
          const document = exportRestApi(exportType, {
            title: record.name,
            description: record.description,
            version: record.version ?? new Date(createdAt).toISOString(),
            url: `${publicUrl === "" ? "http://localhost" : publicUrl}/api/${id}/${stageName}`,
            definition: api.definition,
            extensions: new Set(
              (["integrations", "authorizers"] as const).filter(
                (each) => wanted.has(each) || wanted.has("apigateway"),
              ),
            ),
          });
          return accepts.includes("yaml")
            ? { contentType: "application/yaml", body: stringify(document) }
            : { contentType: "application/json", body: JSON.stringify(document, undefined, 2) };
        },
      }),
    ),
  };
}

/** The answer is the document itself. */
function asDocument(operation: ServiceOperation): ServiceOperation {
  return {
    ...operation,
    prepare(input, call) {
      const prepared = operation.prepare(input, call);
      return {
        ...prepared,
        async perform() {
          const { members: { contentType, body } = {} } = await prepared.perform();
          return {
            payload: Buffer.from(body as string),
            headers: { "Content-Type": contentType as string },
          };
        },
      };
    },
  };
}
