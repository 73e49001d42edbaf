import {
  fallbackOf,
  gatewayResponseTypes,
} from "../../../eventing/rest-api/gateway-response-types.ts";
import { readSource } from "../../../eventing/request-mapping/mapped-value.ts";
import { TemplateFailure } from "../../../eventing/request-mapping/vtl/values.ts";
import { renderMappingTemplate } from "../../../eventing/request-mapping/vtl/render-template.ts";
import type { RouteAnswer } from "../route-exchange.ts";
import { mappedHeaders, templateFor } from "./integration-answer.ts";
import type { GatewayFailure } from "./gateway-failure.ts";
import {
  contextOf,
  mappedRestRequest,
  type MethodRequest,
  type StageRequest,
} from "./rest-request.ts";

/** *Documented*: what is said where an API says nothing else. */
const usualTemplate = (message: string | null): string => JSON.stringify({ message });

/**
 * What a client is answered by the gateway itself: as the API says it for this reason, or for all of its kind. *Documented*: gateway
 * responses; templates of them see `$context`, with `$context.error`.
 */
export function gatewayResponse(
  request: StageRequest & Partial<MethodRequest>,
  { type, message: told }: Pick<GatewayFailure, "type" | "message">,
): RouteAnswer {
  const { status, errorType } = gatewayResponseTypes[type];
  const { gatewayResponses } = request.api;
  const custom = gatewayResponses.get(type) ?? gatewayResponses.get(fallbackOf(type));
  // *Observed*: of an authorizer that has failed nothing is said.
  const message = told === "" ? null : told;
  const context = {
    ...contextOf(request),
    error: { message, messageString: JSON.stringify(message), responseType: type },
  };
  const mapped = mappedRestRequest(request, context);
  const chosen = custom && templateFor(custom.templates, request.head.headers["accept"]?.[0]);
  let body = usualTemplate(message);
  try {
    if (chosen !== undefined) body = renderMappingTemplate(chosen.template, mapped).text;
  } catch (error) {
    // It cannot be said in the API's own words.
    if (!(error instanceof TemplateFailure)) throw error;
  }
  return {
    status: custom?.status ?? status,
    headers: {
      "content-type": [chosen?.type ?? "application/json"],
      "x-amzn-requestid": [request.head.requestId],
      "x-amzn-errortype": [errorType],
      ...(custom && mappedHeaders(custom.parameters, { request: readSource(mapped) })),
    },
    body,
  };
}
