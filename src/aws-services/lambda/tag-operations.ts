import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { requiredText, textsOf } from "../members.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { functionPlace, type LambdaOperations } from "./lambda-operation.ts";
import type { HttpBinding, ServiceMembers } from "../../ports/service-api.ts";
import type { Caller } from "../../ports/caller.ts";

/** *Documented*: of one resource. */
const mostTags = 50;

type Tags = { readonly [key: string]: string };

const path = "/2017-03-31/tags/{Resource}";

export function tagOperations(context: LambdaContext): LambdaOperations {
  const ofResource = (
    name: string,
    http: HttpBinding,
    perform: (members: JsonObject, caller: Caller) => Promise<ServiceMembers>,
  ) => ({
    http,
    prepare: ({ members }: { readonly members: JsonObject }, { caller }: { caller: Caller }) => ({
      access: [{ action: `lambda:${name}`, resource: requiredText(members, "Resource") }],
      perform: async () => ({ members: await perform(members, caller) }),
    }),
  });

  async function change(
    members: JsonObject,
    caller: Caller,
    after: (before: Tags) => Tags,
  ): Promise<ServiceMembers> {
    const place = resourcePlace(members, caller);
    await context.update(place, (before) => ({
      ...before,
      tags: checkedTags(after(before.tags)),
    }));
    return {};
  }

  return {
    ListTags: ofResource("ListTags", { method: "GET", path }, async (members, caller) => {
      const { tags } = await context.function(resourcePlace(members, caller));
      return { Tags: tags };
    }),

    TagResource: ofResource(
      "TagResource",
      { method: "POST", path, status: 204 },
      (members, caller) =>
        change(members, caller, (before) => ({ ...before, ...checkedTags(members["Tags"]) })),
    ),

    UntagResource: ofResource(
      "UntagResource",
      { method: "DELETE", path, status: 204, query: { TagKeys: "tagKeys" } },
      (members, caller) => {
        const keys = textsOf(members, "TagKeys");
        return change(members, caller, (before) =>
          Object.fromEntries(Object.entries(before).filter(([key]) => !keys.includes(key))),
        );
      },
    ),
  };
}

/** Tags of functions are kept, those of layers and mappings are not: there are none here. */
function resourcePlace(members: JsonObject, caller: Caller) {
  const { Resource = "" } = members;
  return functionPlace({ FunctionName: Resource }, caller);
}

export function checkedTags(given: JsonValue | undefined): Tags {
  if (given === undefined || given === null) return {};
  const entries = isJsonObject(given) ? Object.entries(given) : undefined;
  const isRight = entries?.every(
    ([key, value]) =>
      key !== "" && key.length <= 128 && typeof value === "string" && value.length <= 256,
  );
  if (entries === undefined || isRight !== true || entries.length > mostTags) {
    throw lambdaErrors.invalid(
      `A function has at most ${mostTags} tags, with keys of 1 to 128 and values of up to 256 characters`,
    );
  }
  return Object.fromEntries(entries as [string, string][]);
}
