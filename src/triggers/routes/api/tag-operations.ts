import type { HttpBinding, ServiceOperation } from "../../../ports/service-api.ts";
import { ServiceError } from "../../../ports/service-api.ts";
import { awsOperation } from "../../api/aws-operation.ts";
import { gatewayAccess } from "./gateway-context.ts";

export interface Tags {
  readonly [key: string]: string;
}

/** Changes the tags of what a path of the control plane names, `["restapis", "a1b2", "stages", "live"]`, and answers them. Rejects if there is nothing. */
export type ChangeTags = (path: readonly string[], change: (before: Tags) => Tags) => Promise<Tags>;

/** A change of the tags of one record: `made` makes it, and `tags` is what they are then. A record that stays what it is, is the same object. */
export function changeOfTags(change: (before: Tags) => Tags) {
  let tags: Tags = {};
  return {
    made: <T extends { readonly tags?: Tags }>(record: T): T => {
      tags = change(record.tags ?? {});
      return tags === record.tags ? record : { ...record, tags };
    },
    get tags(): Tags {
      return tags;
    },
  };
}

/** The same of a stage that is a part of an API's record; `undefined`: there is no stage of that name. */
export function withTaggedStage<
  S extends { readonly tags?: Tags },
  R extends { readonly stages: { readonly [name: string]: S } },
>(record: R, name: string, made: (stage: S) => S): R | undefined {
  const stage = Object.hasOwn(record.stages, name) ? record.stages[name] : undefined;
  if (stage === undefined) return undefined;
  const after = made(stage);
  return after === stage ? record : { ...record, stages: { ...record.stages, [name]: after } };
}

/** The three operations of tags, as both versions of the API have them. */
export function tagOperations(
  { path, tag }: { readonly path: string; readonly tag: Pick<HttpBinding, "method" | "status"> },
  changeTags: ChangeTags,
): { readonly [name: string]: ServiceOperation } {
  const resourceArn = { type: "string", required: true } as const;
  const access = (method: HttpBinding["method"]) =>
    ((input, call) => [gatewayAccess(method, `/tags/${input.resourceArn}`, call)]) satisfies (
      input: { readonly resourceArn: string },
      call: Parameters<ServiceOperation["prepare"]>[1],
    ) => unknown;
  return {
    TagResource: awsOperation({
      http: { ...tag, path },
      input: {
        resourceArn,
        tags: {
          type: "map",
          of: { type: "string", max: 256 },
          max: 50,
          required: true,
        },
      },
      access: access(tag.method),
      async perform({ resourceArn: arn, tags }) {
        await changeTags(pathOf(arn), (before) => ({ ...before, ...tags }));
        return {};
      },
    }),
    UntagResource: awsOperation({
      http: { method: "DELETE", path, query: { tagKeys: "tagKeys" }, status: 204 },
      input: { resourceArn, tagKeys: { type: "list", of: { type: "string" }, required: true } },
      access: access("DELETE"),
      async perform({ resourceArn: arn, tagKeys }) {
        await changeTags(pathOf(arn), (before) =>
          Object.fromEntries(Object.entries(before).filter(([key]) => !tagKeys.includes(key))),
        );
        return {};
      },
    }),
    GetTags: awsOperation({
      http: { method: "GET", path },
      input: { resourceArn },
      access: access("GET"),
      perform: async ({ resourceArn: arn }) => ({
        tags: await changeTags(pathOf(arn), (before) => before),
      }),
    }),
  };
}

/** *Documented*: `arn:aws:apigateway:REGION::/restapis/ID/stages/NAME`. */
function pathOf(arn: string): readonly string[] {
  const [, path] = /^arn:[^:]+:apigateway:[^:]*::\/(.+)$/.exec(arn) ?? [];
  if (path === undefined) {
    throw new ServiceError("BadRequestException", `Invalid ARN specified in the request: ${arn}`);
  }
  return path.split("/");
}

export function notTagged(path: readonly string[]): never {
  throw new ServiceError(
    "NotFoundException",
    `Invalid resource identifier specified /${path.join("/")}`,
    404,
  );
}
