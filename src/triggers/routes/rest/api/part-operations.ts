import { isGatewayResponseType } from "../../../../eventing/rest-api/gateway-response-types.ts";
import type {
  GatewayResponse,
  RequestValidator,
  RestAuthorizer,
  RestModel,
} from "../../../../eventing/rest-api/rest-definition.ts";
import type {
  HttpBinding,
  ServiceMembers,
  ServiceOperation,
} from "../../../../ports/service-api.ts";
import type { Members, Shape } from "../../../../service/model/member.ts";
import { newId } from "../../api/gateway-context.ts";
import { integrationTarget } from "../integration-target.ts";
import type { RestApiRecord } from "../rest-records.ts";
import { noSuch } from "../no-such.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { type PatchableFields, patched, patchOperations } from "./patch.ts";
import {
  badRequest,
  conflict,
  inRecord,
  type RestContext,
  withDefinition,
} from "./rest-context.ts";
import { description, paged, pagedQuery, restApiId, textMap, texts } from "./shared-members.ts";

/** A kind of part that an API's definition has by ids or names: each has the same five operations. */
interface PartKind<Name extends PartsName, Part extends PartOf<Name>, M extends Members> {
  /** Its member of the definition. */
  readonly parts: Name;
  /** `Model`, for the operations' names; of what AWS has no usual plural for, also that. */
  readonly name: string;
  readonly plural?: string;
  /** What it is called where there is none. */
  readonly shownName: string;
  /** `models`. */
  readonly path: string;
  /** What names one: `modelName`. */
  readonly key: string;
  readonly input: M;
  readonly patchable: PatchableFields;
  /** Its id or name, and the part itself. Throws API Gateway's error for what it cannot be. */
  make(input: Shape<M>): readonly [id: string, part: Part];
  shown(id: string, part: Part): ServiceMembers;
  /** Whether it is put in the place of what is there, instead of made. */
  readonly isPut?: true;
  readonly roles?: (input: Shape<M>) => readonly (string | undefined)[];
}

type PartsName = "models" | "requestValidators" | "authorizers" | "gatewayResponses";
type PartOf<Name extends PartsName> = RestApiRecord["definition"][Name][string];

/** Models, request validators, authorizers and gateway responses. */
export function partOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  return {
    ...operationsOf(context, modelKind(context)),
    ...operationsOf(context, validatorKind(context)),
    ...operationsOf(context, authorizerKind(context)),
    ...operationsOf(context, gatewayResponseKind),
  };
}

function operationsOf<Name extends PartsName, Part extends PartOf<Name>, M extends Members>(
  { desk }: RestContext,
  kind: PartKind<Name, Part, M>,
): { readonly [name: string]: ServiceOperation } {
  const { parts, name, plural = `${name}s`, path, key, input, roles } = kind;
  const all = `/restapis/{restApiId}/${path}`;
  const one = `${all}/{${key}}`;
  const naming = { restApiId, [key]: { type: "string", required: true } } as const;
  const idIn = (given: object): string => (given as { readonly [name: string]: string })[key] ?? "";
  const apiIn = (given: object): string =>
    (given as { readonly [name: string]: string })["restApiId"] ?? "";
  const partsOf = (record: RestApiRecord) =>
    record.definition[parts] as { readonly [id: string]: Part };
  const partIn = (record: RestApiRecord, id: string): Part =>
    inRecord(partsOf(record), id) ?? noSuch(kind.shownName);
  const put = (record: RestApiRecord, id: string, part: Part): RestApiRecord =>
    withDefinition(record, { [parts]: { ...partsOf(record), [id]: part } });
  const http: HttpBinding =
    kind.isPut === true
      ? { method: "PUT", path: one, status: 201 }
      : { method: "POST", path: all, status: 201 };

  return {
    [`${kind.isPut === true ? "Put" : "Create"}${name}`]: gatewayOperation({
      http,
      input: { restApiId, ...input },
      ...(roles && { roles: (given: object) => roles(given as Shape<M>) }),
      async perform(given) {
        const [id, part] = kind.make(given as Shape<M>);
        await desk.change(apiIn(given), (before) => {
          if (kind.isPut !== true && inRecord(partsOf(before), id) !== undefined) {
            conflict(`${kind.shownName} name already exists for this REST API`);
          }
          return put(before, id, part);
        });
        return kind.shown(id, part);
      },
    }),
    [`Get${name}`]: gatewayOperation({
      http: { method: "GET", path: one },
      input: naming,
      perform: async (given) =>
        kind.shown(idIn(given), partIn(await desk.api(given.restApiId), idIn(given))),
    }),
    [`Get${plural}`]: gatewayOperation({
      http: { method: "GET", path: all, query: pagedQuery },
      input: { restApiId, ...paged },
      perform: async ({ restApiId: api }) => ({
        item: Object.entries(partsOf(await desk.api(api))).map(([id, part]) =>
          kind.shown(id, part),
        ),
      }),
    }),
    [`Update${name}`]: gatewayOperation({
      http: { method: "PATCH", path: one },
      input: { ...naming, patchOperations },
      async perform(given) {
        const id = idIn(given);
        const record = await desk.change(given.restApiId, (before) =>
          put(before, id, patched(partIn(before, id), given.patchOperations, kind.patchable)),
        );
        return kind.shown(id, partIn(record, id));
      },
    }),
    [`Delete${name}`]: gatewayOperation({
      http: { method: "DELETE", path: one, status: 202 },
      input: naming,
      async perform(given) {
        const id = idIn(given);
        await desk.change(given.restApiId, (before) => {
          partIn(before, id);
          const { [id]: _, ...others } = partsOf(before) as { [id: string]: Part };
          return withDefinition(before, { [parts]: others });
        });
        return {};
      },
    }),
  };
}

function modelKind(context: RestContext) {
  return {
    parts: "models" as const,
    name: "Model",
    shownName: "Model",
    path: "models",
    key: "modelName",
    input: {
      name: { type: "string", required: true },
      description,
      schema: { type: "string" },
      contentType: { type: "string", required: true },
    } as const,
    patchable: { "/schema": "text", "/description": "text" } as const,
    make({ name, ...rest }: { readonly name: string } & Omit<RestModel, "id">) {
      if (!/^[A-Za-z0-9]+$/.test(name)) badRequest(`Model name must be alphanumeric: ${name}`);
      return [name, { id: newId(context, 6), ...rest }] as const;
    },
    shown: (name: string, model: RestModel) => ({ name, ...model }),
  };
}

function validatorKind(context: RestContext) {
  return {
    parts: "requestValidators" as const,
    name: "RequestValidator",
    shownName: "Request Validator",
    path: "requestvalidators",
    key: "requestValidatorId",
    input: {
      name: { type: "string" },
      validateRequestBody: { type: "boolean" },
      validateRequestParameters: { type: "boolean" },
    } as const,
    patchable: {
      "/name": "text",
      "/validateRequestBody": "boolean",
      "/validateRequestParameters": "boolean",
    } as const,
    make: (given: Partial<RequestValidator>) =>
      [
        newId(context, 6),
        { validateRequestBody: false, validateRequestParameters: false, ...given },
      ] as const,
    shown: (id: string, validator: RequestValidator) => ({ id, ...validator }),
  };
}

const authorizerTypes = ["TOKEN", "REQUEST", "COGNITO_USER_POOLS"] as const;

function authorizerKind(context: RestContext) {
  return {
    parts: "authorizers" as const,
    name: "Authorizer",
    shownName: "Authorizer",
    path: "authorizers",
    key: "authorizerId",
    input: {
      name: { type: "string", required: true },
      type: { type: "string", required: true, enum: authorizerTypes },
      providerARNs: texts,
      authType: { type: "string" },
      authorizerUri: { type: "string" },
      authorizerCredentials: { type: "string" },
      identitySource: { type: "string" },
      identityValidationExpression: { type: "string" },
      authorizerResultTtlInSeconds: { type: "integer", min: 0, max: 3600 },
    } as const,
    patchable: {
      "/name": "text",
      "/type": "text",
      "/providerARNs": "list",
      "/authType": "text",
      "/authorizerUri": "text",
      "/authorizerCredentials": "text",
      "/identitySource": "text",
      "/identityValidationExpression": "text",
      "/authorizerResultTtlInSeconds": "number",
    } as const,
    make(given: RestAuthorizer) {
      if (given.type === "COGNITO_USER_POOLS") {
        if ((given.providerARNs ?? []).length === 0) {
          badRequest("Authorizers of type COGNITO_USER_POOLS need providerARNs");
        }
      } else if (given.authorizerUri?.includes("${stageVariables.") !== true) {
        const uri = given.authorizerUri ?? "";
        const { type } = integrationTarget({ type: "AWS", uri }, {});
        if (type !== "function") badRequest(`Invalid Authorizer URI: ${uri}`);
      }
      return [newId(context, 6), given] as const;
    },
    shown: (id: string, authorizer: RestAuthorizer) => ({ id, ...authorizer }),
    roles: ({ authorizerCredentials }: Partial<RestAuthorizer>) => [authorizerCredentials],
  };
}

const gatewayResponseKind = {
  parts: "gatewayResponses" as const,
  name: "GatewayResponse",
  shownName: "Gateway response type",
  path: "gatewayresponses",
  key: "responseType",
  isPut: true as const,
  input: {
    responseType: { type: "string", required: true },
    statusCode: { type: "string", pattern: /^[1-5]\d\d$/ },
    responseParameters: textMap,
    responseTemplates: textMap,
  } as const,
  patchable: {
    "/statusCode": "text",
    "/responseParameters/*": "text",
    "/responseTemplates/*": "text",
  } as const,
  make({ responseType, ...response }: { readonly responseType: string } & GatewayResponse) {
    if (!isGatewayResponseType(responseType)) {
      badRequest(`Invalid gateway response type specified: ${responseType}`);
    }
    return [responseType, response] as const;
  },
  shown: (responseType: string, response: GatewayResponse) => ({
    responseType,
    ...response,
    defaultResponse: false,
  }),
};
