import type {
  RestDefinition,
  RestResource,
} from "../../../../eventing/rest-api/rest-definition.ts";
import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import { newId } from "../../api/gateway-context.ts";
import type { RestApiRecord } from "../rest-records.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { shownMethod } from "./method-operations.ts";
import { patched, patchOperations } from "./patch.ts";
import {
  badRequest,
  conflict,
  type RestContext,
  resourceOf,
  withDefinition,
  withResource,
} from "./rest-context.ts";
import { paged, pagedQuery, resourceId, restApiId, texts } from "./shared-members.ts";

export function resourceOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk } = context;
  const one = "/restapis/{restApiId}/resources/{resourceId}";
  return {
    CreateResource: gatewayOperation({
      http: { method: "POST", path: "/restapis/{restApiId}/resources/{parentId}", status: 201 },
      input: {
        restApiId,
        parentId: { type: "string", required: true },
        pathPart: { type: "string", required: true, min: 1 },
      },
      async perform({ restApiId: api, parentId, pathPart }) {
        checkPathPart(pathPart);
        const id = newId(context, 6);
        const record = await desk.change(api, (before) => {
          resourceOf(before, parentId);
          const made = { parentId, pathPart, path: "", resourceMethods: {} };
          return placed(before, id, made);
        });
        return shown(id, resourceOf(record, id));
      },
    }),
    GetResource: gatewayOperation({
      http: { method: "GET", path: one, query: { embed: "embed" } },
      input: { restApiId, resourceId, embed: texts },
      perform: async ({ restApiId: api, resourceId: id }) =>
        shown(id, resourceOf(await desk.api(api), id)),
    }),
    GetResources: gatewayOperation({
      http: {
        method: "GET",
        path: "/restapis/{restApiId}/resources",
        query: { embed: "embed", ...pagedQuery },
      },
      input: { restApiId, embed: texts, ...paged },
      perform: async ({ restApiId: api }) => ({
        item: Object.entries((await desk.api(api)).definition.resources).map(([id, each]) =>
          shown(id, each),
        ),
      }),
    }),
    UpdateResource: gatewayOperation({
      http: { method: "PATCH", path: one },
      input: { restApiId, resourceId, patchOperations },
      async perform({ restApiId: api, resourceId: id, patchOperations: operations }) {
        const record = await desk.change(api, (before) => {
          if (id === before.rootResourceId) badRequest("Root resource cannot be updated");
          const moved = patched(resourceOf(before, id), operations, patchable);
          checkPathPart(moved.pathPart ?? "");
          if (lineOf(before, moved).includes(id)) badRequest("A resource cannot be its own parent");
          return placed(before, id, moved);
        });
        return shown(id, resourceOf(record, id));
      },
    }),
    DeleteResource: gatewayOperation({
      http: { method: "DELETE", path: one, status: 202 },
      input: { restApiId, resourceId },
      async perform({ restApiId: api, resourceId: id }) {
        await desk.change(api, (before) => {
          if (id === before.rootResourceId) badRequest("Root resource cannot be deleted");
          resourceOf(before, id);
          return withDefinition(before, { resources: without(before.definition.resources, id) });
        });
        return {};
      },
    }),
  };
}

const patchable = { "/pathPart": "text", "/parentId": "text" } as const;

/** *Observed*: API Gateway's words. */
function checkPathPart(pathPart: string): void {
  if (/^(?:\{[\w.:-]+\+?\}|[\w.:,~@!$&'()*+;=%-]+)$/.test(pathPart)) return;
  badRequest(
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
  );
}

/** The ids of the resources above one, the nearest first. */
function lineOf(record: RestApiRecord, { parentId }: RestResource): readonly string[] {
  const line: string[] = [];
  for (let id = parentId; id !== undefined; id = resourceOf(record, id).parentId) {
    // What stands beneath itself has no root.
    if (line.includes(id)) break;
    line.push(id);
  }
  return line;
}

/** The API with a resource where its parent and its part of the path say, and with those beneath it where it now is. */
function placed(record: RestApiRecord, id: string, resource: RestResource): RestApiRecord {
  const { parentId = "", pathPart = "" } = resource;
  const parent = resourceOf(record, parentId);
  const { resources } = record.definition;
  const isThere = Object.entries(resources).some(
    ([other, each]) => other !== id && each.parentId === parentId && each.pathPart === pathPart,
  );
  if (isThere) conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  const path = `${parent.path === "/" ? "" : parent.path}/${pathPart}`;
  const after = withResource(record, id, { ...resource, path });
  return Object.entries(resources)
    .filter(([, each]) => each.parentId === id)
    .reduce((changed, [child, each]) => placed(changed, child, each), after);
}

/** *Documented*: the resources beneath it are removed with it. */
function without(resources: RestDefinition["resources"], id: string): RestDefinition["resources"] {
  const isBeneath = (each: string): boolean => {
    const { parentId } = resources[each] ?? {};
    return each === id || (parentId !== undefined && isBeneath(parentId));
  };
  return Object.fromEntries(Object.entries(resources).filter(([each]) => !isBeneath(each)));
}

function shown(id: string, { resourceMethods, ...resource }: RestResource): ServiceMembers {
  const methods = Object.entries(resourceMethods).map(([name, method]) => [
    name,
    shownMethod(name, method),
  ]);
  return {
    id,
    ...resource,
    ...(methods.length > 0 && { resourceMethods: Object.fromEntries(methods) as ServiceMembers }),
  };
}
