import type {
  RestDefinition,
  RestResource,
} from "../../../../eventing/rest-api/rest-definition.ts";
import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import { newId } from "../../api/gateway-context.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { shownMethod } from "./method-operations.ts";
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
        if (!/^(?:\{[\w.:-]+\+?\}|[\w.:,~@!$&'()*+;=%-]+)$/.test(pathPart)) {
          badRequest(
            "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
          );
        }
        const id = newId(context, 6);
        const record = await desk.change(api, (before) => {
          const parent = resourceOf(before, parentId);
          const siblings = Object.values(before.definition.resources).filter(
            (each) => each.parentId === parentId,
          );
          if (siblings.some((each) => each.pathPart === pathPart)) {
            conflict(`Another resource with the same parent already has this name: ${pathPart}`);
          }
          const path = `${parent.path === "/" ? "" : parent.path}/${pathPart}`;
          return withResource(before, id, { parentId, pathPart, path, resourceMethods: {} });
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
