/** What an API's value looks like, as the clients of the AWS SDK describe it, or a model that is shipped. */
export type SdkShape =
  | {
      readonly type: "structure";
      readonly members: ReadonlyMap<string, () => SdkShape>;
      /** Members that a request cannot do without. */
      readonly required: readonly string[];
    }
  | { readonly type: "list"; readonly item: () => SdkShape }
  | { readonly type: "map"; readonly value: () => SdkShape }
  | {
      readonly type: "text";
      /** The values that it can have; only models tell them. */
      readonly options?: readonly string[];
    }
  | {
      readonly type: "number" | "boolean" | "timestamp" | "blob" | "stream" | "document";
    };

const nothing: SdkShape = { type: "structure", members: new Map(), required: [] };

/** Values that hold others have their shape made once; it may contain itself. */
const known = new WeakMap<readonly unknown[], SdkShape>();

/**
 * Reads a schema of an AWS SDK client.
 *
 * A schema is a number for a simple type, a list that begins with the number of its kind, a function that gives one,
 * or, for a member, a pair of one and its traits. *Documented*: `StaticSchema` in `@smithy/types`.
 */
export function sdkShape(schema: unknown): SdkShape {
  if (typeof schema === "function") return sdkShape((schema as () => unknown)());
  if (typeof schema === "number") return simpleShape(schema);
  if (!Array.isArray(schema)) return nothing;
  const parts = schema as readonly unknown[];
  if (parts.length === 2) return sdkShape(parts[0]);
  let shape = known.get(parts);
  if (shape === undefined) known.set(parts, (shape = namedShape(parts)));
  return shape;
}

/** `[kind, namespace, name, traits, …]` */
function namedShape(parts: readonly unknown[]): SdkShape {
  switch (parts[0]) {
    case 0:
      return sdkShape(parts[4]);
    case 1:
      return { type: "list", item: () => sdkShape(parts[4]) };
    case 2:
      return { type: "map", value: () => sdkShape(parts[5]) };
    case 3:
    case 4:
    case -3: {
      const names = parts[4] as readonly string[];
      const schemas = parts[5] as readonly unknown[];
      return {
        type: "structure",
        members: new Map(names.map((name, index) => [name, () => sdkShape(schemas[index])])),
        // Required members come first, and this is how many they are. A client makes an idempotency token by itself.
        required: names
          .slice(0, typeof parts[6] === "number" ? parts[6] : 0)
          .filter((_, index) => !isIdempotencyToken(schemas[index])),
      };
    }
    default:
      return nothing;
  }
}

/** *Documented*: traits are named, or are bits of a number; `TraitBitVector` in `@smithy/types`. */
function isIdempotencyToken(member: unknown): boolean {
  const traits: unknown = Array.isArray(member) && member.length === 2 ? member[1] : undefined;
  if (typeof traits === "number") return (traits & 0b100) !== 0;
  return typeof traits === "object" && traits !== null && "idempotencyToken" in traits;
}

function simpleShape(schema: number): SdkShape {
  if (schema >= 128) return { type: "map", value: () => simpleShape(schema & 0b11_1111) };
  if (schema >= 64) return { type: "list", item: () => simpleShape(schema & 0b11_1111) };
  if (schema >= 4 && schema <= 7) return { type: "timestamp" };
  switch (schema) {
    case 1:
    case 17:
    case 19:
      return { type: "number" };
    case 2:
      return { type: "boolean" };
    case 15:
      return { type: "document" };
    case 21:
      return { type: "blob" };
    case 42:
      return { type: "stream" };
    default:
      return { type: "text" };
  }
}
