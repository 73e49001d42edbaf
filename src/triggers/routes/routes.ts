import type { ServiceApi } from "../../ports/service-api.ts";
import type { ApiKeyUsage } from "./api-keys.ts";
import type { ServedRoute } from "./served-routes.ts";
import type { AwaitedBody, RouteAnswer, RouteHead } from "./route-exchange.ts";

/** HTTP routes that start executions: configured ones, and APIs that were made by API Gateway's own API. */
export interface Routes {
  /** API Gateway: its HTTP APIs (`/v2/apis`) and its REST APIs (`/restapis`). */
  readonly api: ServiceApi;
  /** All that there are; nobody is asked whether he may see them. */
  served(): Promise<readonly ServedRoute[]>;
  /** Whether there is an API of this id, or a configured one of this name. */
  has(api: string): Promise<boolean>;
  receive(head: RouteHead): Promise<RouteAnswer | AwaitedBody>;
  /** How often the keys of configured APIs were taken. */
  keyUsage(): readonly (ApiKeyUsage & { readonly api: string })[];
}
