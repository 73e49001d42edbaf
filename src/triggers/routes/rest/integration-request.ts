import { headerText } from "../../../eventing/proxy/function-answer.ts";
import type { MappedRequest } from "../../../eventing/request-mapping/mapped-request.ts";
import { readSource } from "../../../eventing/request-mapping/mapped-value.ts";
import { renderMappingTemplate } from "../../../eventing/request-mapping/vtl/render-template.ts";
import { TemplateFailure } from "../../../eventing/request-mapping/vtl/values.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { mediaTypeOf, usualMediaType } from "../../../eventing/rest-api/media-type.ts";
import type { CompiledRestIntegration } from "./compiled-rest-api.ts";
import { GatewayFailure } from "./gateway-failure.ts";

/** What an integration is asked. */
export interface BackEndRequest {
  /** By names in lower case. */
  readonly headers: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
  readonly pathParameters: { readonly [name: string]: string };
  readonly body: string;
}

/** The request that parameters and a template make. Throws a {@link GatewayFailure}. */
export function integrationRequest(
  { record, parameters, templates }: CompiledRestIntegration,
  request: MappedRequest,
): BackEndRequest {
  const type = mediaTypeOf(request.headers["content-type"]?.[0]) ?? usualMediaType;
  const template = templates.get(type);
  if (template === undefined && !passesThrough(record.passthroughBehavior, templates.size)) {
    throw new GatewayFailure("UNSUPPORTED_MEDIA_TYPE");
  }
  if (template !== undefined && type === usualMediaType) checkJson(template.text, request.body);
  const places = { header: {}, querystring: {}, path: {} } as {
    readonly [place in "header" | "querystring" | "path"]: { [name: string]: string };
  };
  const scope = { request: readSource(request) };
  for (const { place, name, value } of parameters) {
    const text = value(scope);
    if (text === undefined) continue;
    if (place === "header") places.header[name.toLowerCase()] = headerText(text);
    else places[place][name] = text;
  }
  try {
    const rendered = template && renderMappingTemplate(template, request);
    const { header = {}, querystring, path } = rendered?.requestOverride ?? {};
    const overridden = Object.entries(header).map(([name, value]) => [
      name.toLowerCase(),
      headerText(value),
    ]);
    return {
      headers: { "content-type": type, ...places.header, ...Object.fromEntries(overridden) },
      query: { ...places.querystring, ...querystring },
      pathParameters: { ...places.path, ...path },
      body: rendered?.text ?? request.body ?? "",
    };
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    throw new GatewayFailure("API_CONFIGURATION_ERROR", {
      reason: `The request's template cannot be rendered: ${error.message}`,
    });
  }
}

/** *Observed*: a template that looks into the body needs one that can be read. */
function checkJson(template: string, body = ""): void {
  if (!/\$!?\{?input\.(?:json|path)\(/.test(template)) return;
  try {
    parseJson(body);
  } catch {
    const message = "Could not parse request body into json";
    throw new GatewayFailure("BAD_REQUEST_BODY", { message });
  }
}

/** *Documented*: what happens to a body for whose type there is no template. */
function passesThrough(behavior: string | undefined, templates: number): boolean {
  if (behavior === "NEVER") return false;
  return behavior !== "WHEN_NO_TEMPLATES" || templates === 0;
}
