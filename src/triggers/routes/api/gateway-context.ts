import type { ArnScope } from "../../../machine/arns.ts";
import { InvalidMapping } from "../../../eventing/request-mapping/mapped-value.ts";
import type { Access } from "../../../ports/authorizer.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { Ids } from "../../../ports/ids.ts";
import { type HttpBinding, type ServiceCall, ServiceError } from "../../../ports/service-api.ts";
import type { ApiDesk } from "../api-desk.ts";

/** What operations of API Gateway work with. */
export interface GatewayContext {
  readonly desk: ApiDesk;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  readonly scope: ArnScope;
  readonly publicUrl: string;
}

/** *Documented*: API Gateway's actions are methods of its own API, and its resources paths of it: `arn:aws:apigateway:region::/apis/ID`. */
export function gatewayAccess(
  method: HttpBinding["method"],
  path: string,
  { caller }: Pick<ServiceCall, "caller">,
): Access {
  const { partition, region } = caller;
  return {
    action: `apigateway:${method}`,
    resource: `arn:${partition}:apigateway:${region}::${path}`,
  };
}

/** An id as API Gateway makes them: short, of small letters and digits. */
export function newId({ ids }: Pick<GatewayContext, "ids">, length: number): string {
  return BigInt(`0x${ids.uuid().replaceAll("-", "")}`)
    .toString(36)
    .slice(-length);
}

/** A mapping that is refused is the caller's mistake. */
export async function refusingMappings<T>(perform: () => Promise<T>): Promise<T> {
  try {
    return await perform();
  } catch (error) {
    if (!(error instanceof InvalidMapping)) throw error;
    throw new ServiceError("BadRequestException", error.message);
  }
}

export function notFound(kind: string, id: string): never {
  throw new ServiceError("NotFoundException", `Invalid ${kind} identifier specified ${id}`, 404);
}
