import * as sdk from "@aws-sdk/client-sfn";

/**
 * The SDK ships its model as schemas: `[kind, namespace, name, traits, …]`. 9 is an operation (input, output), 3 a
 * structure (member names, member schemas, number of required members, which come first), 1 a list (member schema),
 * 2 a map (schemas of key and value), 0 a simple type (its schema's number).
 */
export type Schema = readonly unknown[];

export const structureKind = 3;
export const listKind = 1;
export const mapKind = 2;
export const simpleKind = 0;

const operationKind = 9;
const errorKind = -3;
/** Lists and maps of simple values are a flag over the value's own number. */
const listFlag = 64;
const mapFlag = 128;

const schemas = Object.values<unknown>(sdk).filter((value): value is Schema =>
  Array.isArray(value),
);

export const sdkOperations = schemas.filter(([kind]) => kind === operationKind);

export const sdkErrors: ReadonlySet<string> = new Set(
  schemas.filter(([kind]) => kind === errorKind).map((schema) => schema[2] as string),
);

export function inputSchema(operation: Schema): Schema {
  return resolve(operation[4]) as Schema;
}

export function outputSchema(operation: Schema): Schema {
  return resolve(operation[5]) as Schema;
}

function resolve(schema: unknown): unknown {
  return typeof schema === "function" ? resolve((schema as () => unknown)()) : schema;
}

/** A member's schema may come with traits: `[schema, traits]`. */
export function memberSchema(schema: unknown): unknown {
  const resolved = resolve(schema);
  if (Array.isArray(resolved) && resolved.length === 2) return memberSchema(resolved[0]);
  return resolved;
}

/** Each member of a structure with its schema, and whether it is required. */
export function membersOf(schema: Schema): readonly SchemaMember[] {
  const names = schema[4] as string[];
  const members = schema[5] as unknown[];
  const required = (schema[6] as number | undefined) ?? 0;
  return names.map((name, index) => ({
    name,
    schema: memberSchema(members[index]),
    required: index < required,
  }));
}

export interface SchemaMember {
  readonly name: string;
  readonly schema: unknown;
  readonly required: boolean;
}

/** The schema of the items of a list, or of the values of a map, that is written as a number. */
export function simpleItems(schema: number): { readonly kind: number; readonly of: number } {
  if ((schema & mapFlag) !== 0) return { kind: mapKind, of: schema & ~mapFlag };
  if ((schema & listFlag) !== 0) return { kind: listKind, of: schema & ~listFlag };
  return { kind: simpleKind, of: schema };
}
