import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { sectionOf } from "../functions/evaluate.ts";
import { scalarText, shownText } from "../functions/scalar-text.ts";
import type { Template, TemplateContext } from "../template.ts";
import { implicitApis, type ApiRoute } from "./apis/api-route.ts";
import { expandHttpApi } from "./apis/http-api.ts";
import { expandRestApi } from "./apis/rest-api.ts";
import { expandApplication } from "./application.ts";
import { expandConnector, expandEmbeddedConnectors } from "./connector.ts";
import {
  picked,
  type ExpandResource,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "./expansion.ts";
import { expandFunction } from "./function.ts";
import { withGlobals } from "./globals.ts";
import { expandLayerVersion } from "./layer-version.ts";
import { propagateTags } from "./propagate-tags.ts";
import { checkProperties } from "./properties.ts";
import { renameReferences } from "./rename-references.ts";
import { expandSimpleTable } from "./simple-table.ts";
import { expandStateMachine } from "./state-machine.ts";

/** Everything but APIs, which wait for the events of all others. */
const types: { readonly [type: string]: ExpandResource } = {
  "AWS::Serverless::Application": expandApplication,
  "AWS::Serverless::Connector": expandConnector,
  "AWS::Serverless::Function": expandFunction,
  "AWS::Serverless::LayerVersion": expandLayerVersion,
  "AWS::Serverless::SimpleTable": expandSimpleTable,
  "AWS::Serverless::StateMachine": expandStateMachine,
};

/** What a resource hands on beside its properties. */
const resourceAttributes = [
  "Condition",
  "DeletionPolicy",
  "DependsOn",
  "Metadata",
  "UpdatePolicy",
  "UpdateReplacePolicy",
];

const restApi = "AWS::Serverless::Api";
const httpApi = "AWS::Serverless::HttpApi";

/**
 * The template that SAM's transform makes of one: its own resources become CloudFormation's, with the ids that SAM gives them.
 *
 * Documented: "AWS SAM resource and property reference"; observed: its translator's inputs and outputs.
 */
export function expandSam(template: Template, context: TemplateContext): Template {
  return new Expansion(template, context).expand();
}

class Expansion implements SamExpansion {
  readonly template: Template;
  readonly partition: string;
  readonly #given: { readonly [name: string]: string };
  readonly #written: JsonObject;
  readonly #made: Resources = {};
  /** Where each resource that is made comes from, for places. */
  readonly #origins = new Map<string, string>();
  readonly #routes: ApiRoute[] = [];
  readonly #names = new Map<string, string>();
  readonly #changes: (readonly [string, (resource: JsonObject) => JsonObject])[] = [];

  constructor(template: Template, context: TemplateContext) {
    this.template = template;
    this.partition = context.pseudo.partition ?? "aws";
    this.#given = context.parameters ?? {};
    this.#written = sectionOf(template, "Resources");
  }

  expand(): Template {
    const apis: SamResource[] = [];
    for (const [logicalId, written] of Object.entries(this.#written)) {
      const resource = this.#resourceOf(logicalId, written as JsonObject);
      if (resource.type === restApi || resource.type === httpApi) apis.push(resource);
      else this.#add(logicalId, this.#expandOne(resource, written as JsonObject));
      this.#add(logicalId, expandEmbeddedConnectors(logicalId, written as JsonObject, this));
    }
    for (const api of [...apis, ...this.#implicitApis()])
      this.#add(api.logicalId, this.#expandApi(api));
    for (const [logicalId, change] of this.#changes) {
      const resource = this.#made[logicalId];
      if (resource !== undefined) this.#made[logicalId] = change(resource);
    }
    return this.#template();
  }

  literal(value: JsonValue | undefined): string | undefined {
    const text = scalarText(value);
    if (text !== undefined || value === undefined || !isJsonObject(value)) return text;
    const name = ownMember(value, "Ref");
    if (typeof name !== "string") return undefined;
    const parameter = ownMember(sectionOf(this.template, "Parameters"), name);
    if (parameter === undefined || !isJsonObject(parameter)) return undefined;
    return this.#given[name] ?? scalarText(ownMember(parameter, "Default"));
  }

  addRoute(route: ApiRoute): void {
    this.#routes.push(route);
  }

  refer(name: string, logicalId: string): void {
    this.#names.set(name, logicalId);
  }

  change(logicalId: string, change: (resource: JsonObject) => JsonObject): void {
    this.#changes.push([logicalId, change]);
  }

  resource(logicalId: string): JsonObject | undefined {
    return ownMember(this.#written, logicalId) as JsonObject | undefined;
  }

  #resourceOf(logicalId: string, written: JsonObject): SamResource {
    const { Type, Properties, IgnoreGlobals } = written;
    const attributes = picked(written, resourceAttributes);
    const type = shownText(Type);
    const own = Properties !== undefined && isJsonObject(Properties) ? Properties : {};
    const isSam = type.startsWith("AWS::Serverless::");
    const properties = isSam ? withGlobals(this.template, type, own, IgnoreGlobals) : own;
    if (isSam) checkProperties(this, logicalId, type, properties);
    return { logicalId, type, properties, attributes };
  }

  #expandOne(resource: SamResource, written: JsonObject): Resources {
    const { logicalId, type } = resource;
    const expand = Object.hasOwn(types, type) ? types[type] : undefined;
    if (expand) return propagateTags(resource, expand(resource, this));
    const { Connectors: _connectors, ...others } = written;
    return { [logicalId]: others };
  }

  #expandApi(api: SamResource): Resources {
    const routes = this.#routes.filter(({ apiId }) => apiId === api.logicalId);
    return (api.type === restApi ? expandRestApi : expandHttpApi)(api, routes, this);
  }

  /** Those that events ask for without naming one. */
  #implicitApis(): readonly SamResource[] {
    return [
      { logicalId: implicitApis.rest, type: restApi, own: { StageName: "Prod" } },
      { logicalId: implicitApis.http, type: httpApi, own: {} },
    ]
      .filter(({ logicalId }) => this.#routes.some(({ apiId }) => apiId === logicalId))
      .filter(({ logicalId }) => this.resource(logicalId) === undefined)
      .map(({ logicalId, type, own }) => ({
        logicalId,
        type,
        properties: withGlobals(this.template, type, own, undefined),
        attributes: {},
      }));
  }

  #add(origin: string, resources: Resources): void {
    for (const [logicalId, resource] of Object.entries(resources)) {
      this.#made[logicalId] = resource;
      this.#origins.set(logicalId, origin);
    }
  }

  #template(): Template {
    const { Globals: _globals, ...sections } = this.template.sections;
    const origins = this.#origins;
    const renamed = renameReferences({ ...sections, Resources: this.#made }, this.#names);
    return {
      name: this.template.name,
      sections: renamed as JsonObject,
      place: (path) => {
        const [section, name] = path;
        const origin =
          section === "Resources" && typeof name === "string" ? origins.get(name) : undefined;
        return this.template.place(
          origin === undefined ? path : ["Resources", origin, ...path.slice(2)],
        );
      },
    };
  }
}
