import type { ArnScope } from "../../machine/arns.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Ids } from "../../ports/ids.ts";
import type { ApiRecord } from "./api-record.ts";
import { ApiKeys } from "./api-keys.ts";
import { ApiDesk } from "./api-desk.ts";
import { apiGatewayApi } from "./api/api-gateway-api.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { TokenVerifier } from "./authorizers/json-web-token.ts";
import { RememberedAnswers } from "./authorizers/remembered-answers.ts";
import type { BackEnds } from "./back-ends/back-ends.ts";
import { callIntegration } from "./call-integration.ts";
import { RestDesk } from "./rest/rest-desk.ts";
import { receiveRestRequest, type RestParts } from "./rest/serve-rest-api.ts";
import { UsageDesk } from "./usage/usage-desk.ts";
import { authorizedRoute } from "./authorize-route.ts";
import { type CompiledApi, type CompiledIntegration, matchedRoute } from "./compiled-api.ts";
import { preflightAnswer, withCors } from "./cors.ts";
import type { RoutedRequest } from "./route-context.ts";
import {
  type AwaitedBody,
  gatewayAnswer,
  type RouteAnswer,
  type RouteHead,
} from "./route-exchange.ts";
import type { Routes } from "./routes.ts";
import { configuredApi, type RoutesConfiguration } from "./routes-configuration.ts";
import { servedRoutes } from "./served-routes.ts";
import { stagedPath, stageOf } from "./staged-request.ts";

export interface RoutesOptions extends BackEnds {
  readonly store: DocumentStore;
  readonly ids: Pick<Ids, "uuid">;
  readonly scope: ArnScope;
  readonly configured?: RoutesConfiguration | undefined;
  /** How others reach this server, without a slash at the end. */
  readonly publicUrl: string;
}

/** *Documented*: HTTP APIs, quotas: payload size. */
const usualMaxBodyBytes = 10 * 1024 * 1024;

function maxBodyBytesOf({ record }: CompiledIntegration): number {
  return (record.type === undefined ? record.maxBodyBytes : undefined) ?? usualMaxBodyBytes;
}

/** Whether a stage's settings let a route be asked once more. *Our reading*: those of all routes are for each of them. */
function isWithinLimits(
  usage: UsageDesk,
  { apiId, stages }: ApiRecord,
  stage: string,
  routeKey: string,
  now: number,
): boolean {
  const { routeSettings = {}, defaultRouteSettings } = stages[stage] ?? {};
  const settings = Object.hasOwn(routeSettings, routeKey)
    ? routeSettings[routeKey]
    : defaultRouteSettings;
  const { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit } = settings ?? {};
  return usage.takes(
    `${apiId} ${stage} ${routeKey}`,
    {
      ...(rateLimit !== undefined && { rateLimit }),
      ...(burstLimit !== undefined && { burstLimit }),
    },
    now,
  );
}

interface ServedApi {
  readonly api: CompiledApi;
  readonly keys: ApiKeys;
}

/** Throws an `InvalidMapping` for a configuration that can never be served. */
export function createRoutes(options: RoutesOptions): Routes {
  const { store, clock, scope, configured } = options;
  const desk = new ApiDesk(store, clock);
  const usage = new UsageDesk(store);
  const rest: RestParts = {
    backEnds: options,
    desk: new RestDesk(store, clock),
    usage,
    scope,
    authorizer: options.authorizer,
    tokens: new TokenVerifier(options),
    answers: new RememberedAnswers(),
  };
  const noKeys = new ApiKeys([]);
  const configuredApis = new Map<string, ServedApi>(
    Object.entries(configured?.apis ?? {}).map(([name, given]) => {
      const { api, keys } = configuredApi(name, given, scope);
      return [name, { api, keys: new ApiKeys(keys) }];
    }),
  );

  async function servedApi(name: string): Promise<ServedApi | undefined> {
    const known = configuredApis.get(name);
    if (known !== undefined) return known;
    const api = await desk.served(name);
    return api && { api, keys: noKeys };
  }

  async function routed(head: RouteHead): Promise<RouteAnswer | AwaitedBody> {
    const asked = stagedPath(head.path);
    if (asked === undefined) return gatewayAnswer(400, "Bad Request");
    const served = await servedApi(asked.api);
    const restApi = served === undefined ? await rest.desk.served(asked.api) : undefined;
    if (restApi !== undefined) {
      const received = await receiveRestRequest(rest, restApi, head, asked.rest);
      // *Observed*: a stage that is not there is as forbidden as one that may not be called.
      return received ?? gatewayAnswer(403, "Forbidden");
    }
    const staged = served && stageOf(served.api.record, asked.rest);
    if (served === undefined || staged === undefined) return gatewayAnswer(404, "Not Found");
    const { api, keys } = served;
    const cors = api.record.corsConfiguration;
    const preflight = preflightAnswer(cors, head);
    if (preflight !== undefined) return preflight;
    const answered = (answer: RouteAnswer): RouteAnswer => withCors(cors, head.headers, answer);
    const matched = matchedRoute(api, head.method, staged.path);
    if (matched === undefined) return answered(gatewayAnswer(404, "Not Found"));
    const { integration, record } = matched.route;
    const receivedAt = clock.now();
    if (
      record.apiKeyRequired === true &&
      keys.take(head.headers["x-api-key"]?.[0], receivedAt) === undefined
    ) {
      return answered(gatewayAnswer(403, "Forbidden"));
    }
    if (!isWithinLimits(usage, api.record, staged.stage, record.routeKey, receivedAt)) {
      return answered(gatewayAnswer(429, "Too Many Requests"));
    }
    // *Documented*: a route without an integration is not found by its clients.
    if (integration === undefined) return answered(gatewayAnswer(404, "Not Found"));
    const request: RoutedRequest = { head, api, ...staged, matched, receivedAt, scope };
    return {
      maxBodyBytes: maxBodyBytesOf(integration),
      async answer(body) {
        if (body === undefined) return answered(gatewayAnswer(413, "Request Entity Too Large"));
        const authorized = await authorizedRoute(rest, request, body);
        if ("status" in authorized) return answered(authorized);
        const { authorizer } = authorized;
        return answered(
          await callIntegration(options, integration, { ...request, authorizer }, body),
        );
      },
    };
  }

  return {
    api: apiGatewayApi(
      { ...options, desk },
      {
        ...options,
        desk: rest.desk,
        usage,
        account: new DocumentCollection(store, "apigateway.account"),
        served: rest,
      },
    ),
    async served() {
      const own = [...configuredApis.values()].flatMap(({ api }) => servedRoutes(api.record, true));
      const ofHttpApis = (await desk.all()).flatMap((api) => servedRoutes(api, false));
      return [...own, ...ofHttpApis, ...(await rest.desk.routes())];
    },
    has: async (api) =>
      (await servedApi(api)) !== undefined || (await rest.desk.served(api)) !== undefined,
    receive: routed,
    keyUsage: () =>
      [...configuredApis].flatMap(([api, { keys }]) =>
        keys.usage().map((usage) => ({ api, ...usage })),
      ),
  };
}
