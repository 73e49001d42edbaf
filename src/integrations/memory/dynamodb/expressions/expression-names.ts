import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Attribute } from "../attribute.ts";
import { readValue } from "../read-attribute.ts";
import { invalid } from "../validation.ts";
import { ServiceRefusal } from "../../service-refusal.ts";

/** What `#names` and `:values` of a request's expressions stand for. */
export class ExpressionNames {
  readonly #names: ReadonlyMap<string, string>;
  readonly #values: ReadonlyMap<string, Attribute>;
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  constructor(
    names: Readonly<Record<string, string>> | undefined,
    values: Readonly<Record<string, AttributeValue>> | undefined,
  ) {
    this.#names = new Map(entriesOf("ExpressionAttributeNames", names, /^#[0-9a-zA-Z_]+$/));
    this.#values = new Map(
      entriesOf("ExpressionAttributeValues", values, /^:[0-9a-zA-Z_]+$/).map(([key, value]) => [
        key,
        valueOf(key, value),
      ]),
    );
    this.#unusedNames = new Set(this.#names.keys());
    this.#unusedValues = new Set(this.#values.keys());
  }

  name(name: string): string | undefined {
    this.#unusedNames.delete(name);
    return this.#names.get(name);
  }

  value(name: string): Attribute | undefined {
    this.#unusedValues.delete(name);
    return this.#values.get(name);
  }

  /** To be asked when all expressions are read. */
  refuseUnused(): void {
    refuse("ExpressionAttributeNames", this.#unusedNames);
    refuse("ExpressionAttributeValues", this.#unusedValues);
  }
}

function refuse(member: string, unused: ReadonlySet<string>): void {
  if (unused.size === 0) return;
  throw invalid(
    `Value provided in ${member} unused in expressions: keys: {${[...unused].join(", ")}}`,
  );
}

function entriesOf<T>(
  member: string,
  given: Readonly<Record<string, T>> | undefined,
  allowed: RegExp,
): readonly (readonly [string, T])[] {
  if (given === undefined) return [];
  const entries = Object.entries(given);
  if (entries.length === 0) throw invalid(`${member} must not be empty`);
  for (const [key] of entries) {
    if (!allowed.test(key)) {
      throw invalid(`${member} contains invalid key: Syntax error; key: "${key}"`);
    }
  }
  return entries;
}

function valueOf(key: string, given: AttributeValue): Attribute {
  try {
    return readValue(given);
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    throw invalid(
      `ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`,
    );
  }
}
