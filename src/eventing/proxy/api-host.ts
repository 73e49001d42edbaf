/** What a host says that is an API's own. */
export interface ApiHost {
  /** Its id, or the name of a configured one. */
  readonly api: string;
  /** What stands behind `execute-api`, without the port: `us-east-1.amazonaws.com`, `localhost`. */
  readonly domain: string;
}

/** *Documented*: `ID.execute-api.REGION.amazonaws.com`. `undefined`: it is no host of an API. */
export function apiHost(host: string): ApiHost | undefined {
  const [, api, domain] = /^([a-z0-9_-]+)\.execute-api\.([^:]+)(?::\d*)?$/i.exec(host) ?? [];
  return api === undefined || domain === undefined ? undefined : { api, domain };
}

/** Whether an API's host is one that AWS gives. */
export function isOfAws({ domain }: Pick<ApiHost, "domain">): boolean {
  return /^[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(domain);
}

/** The address at which a server answers what a template calls by the name that it would have at AWS; `undefined`: it is not of one of these APIs. */
export function servedAddress(
  text: string,
  apiIds: ReadonlySet<string>,
  endpoint: string,
): string | undefined {
  const [, host = "", rest = ""] = /^https:\/\/([^/?#]+)([/?#].*)?$/.exec(text) ?? [];
  const named = apiHost(host);
  if (named === undefined || !isOfAws(named) || !apiIds.has(named.api)) return undefined;
  return `${endpoint.replace(/\/$/, "")}/api/${named.api}${rest}`;
}

/** The types of resources whose ids are those of APIs. */
const apiTypes: ReadonlySet<string> = new Set([
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGatewayV2::Api",
]);

/** The APIs among a stack's resources. */
export function apiIdsOf(
  resources: readonly { readonly type: string; readonly physicalId: string }[],
): ReadonlySet<string> {
  return new Set(
    resources.filter(({ type }) => apiTypes.has(type)).map(({ physicalId }) => physicalId),
  );
}
