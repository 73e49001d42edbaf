import { headerText } from "../../../eventing/proxy/function-answer.ts";
import type { MappedRequest } from "../../../eventing/request-mapping/mapped-request.ts";
import { readSource } from "../../../eventing/request-mapping/mapped-value.ts";
import type { MappingTemplate } from "../../../eventing/request-mapping/vtl/parse-template.ts";
import { renderMappingTemplate } from "../../../eventing/request-mapping/vtl/render-template.ts";
import { mediaTypeOf, usualMediaType } from "../../../eventing/rest-api/media-type.ts";
import type {
  MappedParameter,
  ParameterScope,
} from "../../../eventing/rest-api/parameter-mapping.ts";
import type { RouteAnswer } from "../route-exchange.ts";
import type { CompiledMethod, CompiledResponse, Templates } from "./compiled-rest-api.ts";
import { GatewayFailure } from "./gateway-failure.ts";

/** What an integration has said. */
export interface BackEndAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: RouteAnswer["headers"];
  readonly body: string;
  /** What selection patterns are held against: the status, or a function's error, which is nothing where it has none. */
  readonly selected: string;
}

/** The answer as the method's responses make it of what the integration has said. Throws a {@link GatewayFailure}. */
export function integrationAnswer(
  { record, integration }: CompiledMethod,
  said: BackEndAnswer,
  request: MappedRequest,
): RouteAnswer {
  const response = selectedResponse(integration?.responses ?? [], said.selected);
  if (response === undefined) {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", {
      reason: `No integration response is for ${said.selected}, and none is the default`,
    });
  }
  const { statusCode } = response;
  if (!Object.hasOwn(record.methodResponses ?? {}, statusCode)) {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", {
      reason: `Output mapping refers to an invalid method response: ${statusCode}`,
    });
  }
  const source = { ...request, headers: said.headers, body: said.body };
  const scope = { request: readSource(request), response: readSource(source) };
  const chosen = templateFor(response.templates, request.headers["accept"]?.[0]);
  // *Documented*: `$input` of a response's template is the integration's answer, its parameters those of the request.
  const rendered =
    chosen && renderMappingTemplate(chosen.template, { ...request, body: said.body });
  const { status, headers = {} } = rendered?.responseOverride ?? {};
  return {
    status: status ?? Number(statusCode),
    headers: {
      "content-type": [chosen?.type ?? said.headers["content-type"]?.at(-1) ?? usualMediaType],
      ...mappedHeaders(response.parameters, scope),
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [headerText(value)]]),
      ),
    },
    body: rendered?.text ?? said.body,
  };
}

/** *Documented*: the first whose pattern is the whole of it; else the one without a pattern. */
function selectedResponse(
  responses: readonly CompiledResponse[],
  selected: string,
): CompiledResponse | undefined {
  return (
    responses.find(({ pattern }) => pattern?.matcher(selected).matches() === true) ??
    responses.find(({ pattern }) => pattern === undefined)
  );
}

export function mappedHeaders(
  parameters: readonly MappedParameter[],
  scope: ParameterScope,
): RouteAnswer["headers"] {
  return Object.fromEntries(
    parameters.flatMap(({ name, value }) => {
      const text = value(scope);
      return text === undefined ? [] : [[name.toLowerCase(), [headerText(text)]]];
    }),
  );
}

/** *Our choice*, where an answer may be of several types: what the client asks for, else JSON, else the first. */
export function templateFor(
  templates: Templates,
  accept: string | undefined,
): { readonly type: string; readonly template: MappingTemplate } | undefined {
  const asked = (accept ?? "").split(",").map((each) => mediaTypeOf(each) ?? "");
  const [first] = templates.keys();
  for (const type of [...asked, usualMediaType, first ?? ""]) {
    const template = templates.get(type);
    if (template !== undefined) return { type, template };
  }
  return undefined;
}
