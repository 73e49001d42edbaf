import {
  type GatewayResponseType,
  gatewayResponseTypes,
} from "../../../eventing/rest-api/gateway-response-types.ts";

/** API Gateway itself answers a request: nothing was called, or what was called said nothing that could be handed on. */
export class GatewayFailure extends Error {
  override readonly name = "GatewayFailure";
  readonly type: GatewayResponseType;
  /** What only the log says. */
  readonly reason: string | undefined;

  constructor(
    type: GatewayResponseType,
    { message, reason }: { readonly message?: string; readonly reason?: string } = {},
  ) {
    super(message ?? gatewayResponseTypes[type].message);
    this.type = type;
    this.reason = reason;
  }
}
