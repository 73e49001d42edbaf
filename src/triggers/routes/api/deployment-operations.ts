import { awsOperation } from "../../api/aws-operation.ts";
import type { ServiceMembers, ServiceOperation } from "../../../ports/service-api.ts";
import type { ApiRecord, HttpDeploymentRecord } from "../api-record.ts";
import { gatewayAccess, type GatewayContext, newId, notFound } from "./gateway-context.ts";
import { stageIn } from "./stage-operations.ts";

const apiId = { type: "string", required: true } as const;

/** Deployments of HTTP APIs: they are kept, and make nothing different. */
export function deploymentOperations({ desk, clock, ids }: GatewayContext): {
  readonly [name: string]: ServiceOperation;
} {
  const all = "/v2/apis/{apiId}/deployments";
  const one = `${all}/{deploymentId}`;
  const path = (api: string, id = ""): string =>
    `/apis/${api}/deployments${id === "" ? "" : `/${id}`}`;
  const deploymentId = { type: "string", required: true } as const;
  const description = { type: "string", max: 1024 } as const;
  return {
    CreateDeployment: awsOperation({
      http: { method: "POST", path: all, status: 201 },
      input: { apiId, stageName: { type: "string" }, description },
      access: ({ apiId: api }, call) => [gatewayAccess("POST", path(api), call)],
      async perform({ apiId: api, stageName: name, ...given }) {
        const id = newId({ ids }, 6);
        const deployment: HttpDeploymentRecord = { ...given, createdAt: clock.now() };
        await desk.change(api, (before) => {
          const deployments = { ...before.deployments, [id]: deployment };
          if (name === undefined) return { ...before, deployments };
          const stage = { ...stageIn(before.stages, name), deploymentId: id };
          return { ...before, deployments, stages: { ...before.stages, [name]: stage } };
        });
        return shownDeployment(id, deployment);
      },
    }),
    GetDeployment: awsOperation({
      http: { method: "GET", path: one },
      input: { apiId, deploymentId },
      access: ({ apiId: api, deploymentId: id }, call) => [
        gatewayAccess("GET", path(api, id), call),
      ],
      perform: async ({ apiId: api, deploymentId: id }) =>
        shownDeployment(id, deploymentIn(await desk.api(api), id)),
    }),
    GetDeployments: awsOperation({
      http: { method: "GET", path: all },
      input: { apiId },
      access: ({ apiId: api }, call) => [gatewayAccess("GET", path(api), call)],
      perform: async ({ apiId: api }) => ({
        items: Object.entries((await desk.api(api)).deployments ?? {}).map(([id, each]) =>
          shownDeployment(id, each),
        ),
      }),
    }),
    UpdateDeployment: awsOperation({
      http: { method: "PATCH", path: one },
      input: { apiId, deploymentId, description },
      access: ({ apiId: api, deploymentId: id }, call) => [
        gatewayAccess("PATCH", path(api, id), call),
      ],
      async perform({ apiId: api, deploymentId: id, ...given }) {
        await desk.change(api, (before) => {
          const deployment = { ...deploymentIn(before, id), ...given };
          return { ...before, deployments: { ...before.deployments, [id]: deployment } };
        });
        return shownDeployment(id, deploymentIn(await desk.api(api), id));
      },
    }),
    DeleteDeployment: awsOperation({
      http: { method: "DELETE", path: one, status: 204 },
      input: { apiId, deploymentId },
      access: ({ apiId: api, deploymentId: id }, call) => [
        gatewayAccess("DELETE", path(api, id), call),
      ],
      async perform({ apiId: api, deploymentId: id }) {
        await desk.change(api, (before) => {
          deploymentIn(before, id);
          const { [id]: _, ...deployments } = before.deployments ?? {};
          return { ...before, deployments };
        });
        return {};
      },
    }),
  };
}

function deploymentIn({ deployments = {} }: ApiRecord, id: string): HttpDeploymentRecord {
  return (
    (Object.hasOwn(deployments, id) ? deployments[id] : undefined) ?? notFound("Deployment", id)
  );
}

function shownDeployment(
  deploymentId: string,
  { description, createdAt }: HttpDeploymentRecord,
): ServiceMembers {
  return {
    deploymentId,
    deploymentStatus: "DEPLOYED",
    description,
    createdDate: new Date(createdAt).toISOString(),
    autoDeployed: false,
  };
}
