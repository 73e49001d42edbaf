import type { JsonObject, JsonValue } from "../../expression/json.ts";
import {
  type Made,
  nameOf,
  type NameRules,
  type Present,
  type ProviderContext,
  type ResourceProvider,
} from "./provider.ts";

/** A call of one operation. */
export interface DescribedCall {
  readonly operation: string;
  readonly members: JsonObject;
}

/** A type whose resources each operation of a service makes, changes and removes. */
export interface DescribedResource {
  readonly service: string;
  readonly replacing: readonly string[];
  /** The property that is its name. */
  readonly name: NameRules & { readonly property: string };
  create(properties: JsonObject, about: Described): DescribedCall;
  /** What is still to be called once it is there. */
  after?(properties: JsonObject, about: Described): readonly DescribedCall[];
  /** Absent: any change wants another resource. */
  update?(
    properties: JsonObject,
    about: Described & { readonly before: JsonObject },
  ): readonly DescribedCall[];
  delete(about: Described & { readonly properties: JsonObject }): readonly DescribedCall[];
  /** What says whether it is there. */
  read?(about: Described & { readonly properties: JsonObject }): DescribedCall;
  /** The properties that an answer of {@link read} tells. */
  actual?(members: JsonObject, properties: JsonObject): JsonObject;
  /** What references come to; absent: the name, with `Arn` as an attribute. */
  made?(
    members: JsonObject,
    about: Described & { readonly properties: JsonObject },
  ): Omit<Made, "physicalId">;
  /** The id of what was made, where that is not the name. */
  physicalId?(name: string, members: JsonObject, about: Described): string;
}

export interface Described {
  readonly name: string;
  readonly physicalId: string;
  readonly context: ProviderContext;
}

export function described(resource: DescribedResource): ResourceProvider {
  const { service, replacing, name: rules } = resource;

  const perform = async (
    { operation, members }: DescribedCall,
    { call }: ProviderContext,
  ): Promise<JsonObject> => (await call(service, operation, members)).members;

  const madeOf = (
    properties: JsonObject,
    name: string,
    answer: JsonObject,
    context: ProviderContext,
  ): Made => {
    const begun = { name, physicalId: name, context };
    const physicalId = resource.physicalId?.(name, answer, begun) ?? name;
    const about = { ...begun, physicalId, properties };
    return { physicalId, ...(resource.made?.(answer, about) ?? { attributes: arnIn(answer) }) };
  };

  const nameOfPresent = ({ physicalId, properties }: Present): string => {
    const given = properties[rules.property];
    return typeof given === "string" && given !== "" ? given : nameIn(physicalId);
  };

  return {
    service,
    replacing,

    async create(properties, context) {
      const name = nameOf(properties, rules.property, context, rules);
      const about = { name, physicalId: name, context };
      const answer = await perform(resource.create(properties, about), context);
      const made = madeOf(properties, name, answer, context);
      for (const each of resource.after?.(properties, about) ?? []) {
        await context.began(made.physicalId);
        await perform(each, context);
      }
      return made;
    },

    ...(resource.update !== undefined &&
      ({
        async update(properties, present, context) {
          const { physicalId, properties: before, attributes } = present;
          const about = { name: nameOfPresent(present), physicalId, context, before };
          for (const each of resource.update?.(properties, about) ?? [])
            await perform(each, context);
          return { physicalId, attributes };
        },
      } satisfies Pick<ResourceProvider, "update">)),

    async delete(present, context) {
      const { physicalId, properties } = present;
      const about = { name: nameOfPresent(present), physicalId, context, properties };
      for (const each of resource.delete(about)) await perform(each, context);
    },

    async read(present, context) {
      const { physicalId, properties } = present;
      const about = { name: nameOfPresent(present), physicalId, context, properties };
      const asked = resource.read?.(about);
      if (asked === undefined) return properties;
      const answer = await perform(asked, context);
      return { ...properties, ...resource.actual?.(answer, properties) };
    },
  };
}

/** The name in an id that is an ARN or a path. */
function nameIn(physicalId: string): string {
  return physicalId.slice(Math.max(physicalId.lastIndexOf("/"), physicalId.lastIndexOf("|")) + 1);
}

/** The first member of an answer that is an ARN. */
function arnIn(answer: JsonObject): JsonObject {
  const arn = Object.values(answer).find(
    (value: JsonValue) => typeof value === "string" && value.startsWith("arn:"),
  );
  return arn === undefined ? {} : { Arn: arn };
}
