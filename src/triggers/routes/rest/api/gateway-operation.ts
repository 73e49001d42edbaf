import type { JsonObject, JsonValue } from "../../../../expression/json.ts";
import type {
  HttpBinding,
  ServiceCall,
  ServiceMembers,
  ServiceOperation,
} from "../../../../ports/service-api.ts";
import type { Members, Shape } from "../../../../service/model/member.ts";
import { awsOperation } from "../../../api/aws-operation.ts";
import { passingRole } from "../../../api/pass-role.ts";
import { gatewayAccess, refusingMappings } from "../../api/gateway-context.ts";

/** One operation of API Gateway's REST control plane. What it asks for is its method and its path. */
export interface GatewayOperation<M extends Members> {
  readonly http: HttpBinding;
  readonly input: M;
  /** The roles that what it makes will act in. */
  readonly roles?: (input: Shape<M>, payload: Uint8Array) => readonly (string | undefined)[];
  readonly perform: (
    input: Shape<M>,
    payload: Uint8Array,
    call: ServiceCall,
  ) => Promise<ServiceMembers> | ServiceMembers;
}

export function gatewayOperation<const M extends Members>(
  operation: GatewayOperation<M>,
): ServiceOperation {
  const { http, input: members, roles, perform } = operation;
  return awsOperation({
    http,
    input: members,
    access: (input, call, payload = new Uint8Array()) => [
      gatewayAccess(http.method, filledPath(http.path, input as JsonObject), call),
      ...(roles?.(input, payload) ?? []).flatMap((role) =>
        passingRole(role, "apigateway.amazonaws.com"),
      ),
    ],
    perform: (input, call, payload = new Uint8Array()) =>
      refusingMappings(async () => perform(input, payload, call)),
  });
}

/** `/restapis/{restApiId}` with its members filled in. */
function filledPath(path: string, members: JsonObject): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value: JsonValue = members[name] ?? "";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}
