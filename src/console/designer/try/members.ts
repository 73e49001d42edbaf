import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { errors } from "../../../service/errors/errors.ts";

/** Reads members of what was sent; throws the API's error for one that is wrong. `what` names the whole: `A simulation`. */
export class Members {
  readonly #given: JsonObject;
  readonly #what: string;

  constructor(given: unknown, what: string, known: readonly string[]) {
    if (!isJsonObject(given)) throw errors.validation(`${what} is an object`);
    this.#given = given;
    this.#what = what;
    const unknown = Object.keys(given).find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw errors.validation(`${what} has no '${unknown}': there are ${known.join(", ")}`);
    }
  }

  any(name: string): JsonValue | undefined {
    return Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
  }

  text(name: string): string | undefined {
    const value = this.any(name);
    if (value === undefined || typeof value === "string") return value;
    throw this.#wrong(name, "a text");
  }

  requiredText(name: string): string {
    return this.text(name) ?? this.#missing(name);
  }

  /** A whole number from 0. */
  number(name: string): number | undefined {
    const value = this.any(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.#wrong(name, "a whole number from 0");
  }

  flag(name: string): boolean | undefined {
    const value = this.any(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw this.#wrong(name, "true or false");
  }

  object(name: string): JsonObject | undefined {
    const value = this.any(name);
    if (value === undefined || isJsonObject(value)) return value;
    throw this.#wrong(name, "an object");
  }

  list(name: string): readonly JsonValue[] | undefined {
    const value = this.any(name);
    if (value === undefined || Array.isArray(value))
      return value as readonly JsonValue[] | undefined;
    throw this.#wrong(name, "a list");
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.any(name);
    if (value === undefined) return undefined;
    const found = values.find((each) => each === value);
    if (found === undefined) throw this.#wrong(name, `one of ${values.join(", ")}`);
    return found;
  }

  #missing(name: string): never {
    throw errors.validation(`${this.#what} has a '${name}'`);
  }

  #wrong(name: string, kind: string): Error {
    return errors.validation(`The '${name}' of ${lowered(this.#what)} is ${kind}`);
  }
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
