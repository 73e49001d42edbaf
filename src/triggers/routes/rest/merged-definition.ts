import type { RestDefinition } from "../../../eventing/rest-api/rest-definition.ts";

/**
 * What an API is once a document is put over it. *Documented*: PutRestApi, `merge`: methods, models and what else the document names are as it says;
 * whatever it does not name stays. Resources are the same by their paths, validators and authorizers by their names.
 */
export function mergedDefinition(before: RestDefinition, told: RestDefinition): RestDefinition {
  const named = ({ name }: { readonly name?: string }): string | undefined => name;
  const validators = sameIds(before.requestValidators, told.requestValidators, named);
  const authorizers = sameIds(before.authorizers, told.authorizers, named);
  const resources = sameIds(before.resources, told.resources, ({ path }) => path);
  const ids = { validators, authorizers, resources };
  return {
    ...before,
    ...told,
    resources: { ...before.resources, ...mergedResources(before.resources, told.resources, ids) },
    models: { ...before.models, ...told.models },
    requestValidators: {
      ...before.requestValidators,
      ...withIds(told.requestValidators, validators),
    },
    gatewayResponses: { ...before.gatewayResponses, ...told.gatewayResponses },
    authorizers: { ...before.authorizers, ...withIds(told.authorizers, authorizers) },
  };
}

/** Ids as the API has them, by those that the document's import made. */
type Ids = ReadonlyMap<string, string>;

function sameIds<T>(
  before: { readonly [id: string]: T },
  told: { readonly [id: string]: T },
  nameOf: (record: T) => string | undefined,
): Ids {
  const known = new Map(Object.entries(before).map(([id, record]) => [nameOf(record), id]));
  return new Map(Object.entries(told).map(([id, record]) => [id, known.get(nameOf(record)) ?? id]));
}

function withIds<T>(records: { readonly [id: string]: T }, ids: Ids): { readonly [id: string]: T } {
  return Object.fromEntries(
    Object.entries(records).map(([id, record]) => [ids.get(id) ?? id, record]),
  );
}

function mergedResources(
  before: RestDefinition["resources"],
  told: RestDefinition["resources"],
  {
    validators,
    authorizers,
    resources,
  }: { readonly [kind in "validators" | "authorizers" | "resources"]: Ids },
): RestDefinition["resources"] {
  return Object.fromEntries(
    Object.entries(told).map(([given, { parentId, resourceMethods, ...resource }]) => {
      const id = resources.get(given) ?? given;
      const methods = Object.entries(resourceMethods).map(([name, method]) => {
        const { requestValidatorId: validator, authorizerId: authorizer } = method;
        return [
          name,
          {
            ...method,
            ...(validator !== undefined && {
              requestValidatorId: validators.get(validator) ?? validator,
            }),
            ...(authorizer !== undefined && {
              authorizerId: authorizers.get(authorizer) ?? authorizer,
            }),
          },
        ] as const;
      });
      return [
        id,
        {
          ...resource,
          ...(parentId !== undefined && { parentId: resources.get(parentId) ?? parentId }),
          resourceMethods: { ...before[id]?.resourceMethods, ...Object.fromEntries(methods) },
        },
      ];
    }),
  );
}
