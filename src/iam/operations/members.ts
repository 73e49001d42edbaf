import { IamError, iamErrors } from "./iam-error.ts";

/** What a request says of one member: a text, a list, or a structure without a prototype. */
export type FormValue = string | readonly FormValue[] | FormStructure;
export interface FormStructure {
  readonly [name: string]: FormValue;
}

/** How a member of an input is read; what is wrong with it is told to `violations`. */
export interface Member<T> {
  read(value: FormValue | undefined, place: string, violations: string[]): T;
}

export interface Members {
  readonly [name: string]: Member<unknown>;
}

export type InputOf<M extends Members> = {
  readonly [K in keyof M]: M[K] extends Member<infer T> ? T : never;
};

/** Reads an input. Throws AWS's ValidationError, which names all that is wrong with it. */
export function readInput<M extends Members>(members: M, form: FormStructure): InputOf<M> {
  const violations: string[] = [];
  const input = Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      member.read(Object.hasOwn(form, name) ? form[name] : undefined, lowerFirst(name), violations),
    ]),
  );
  if (violations.length > 0) {
    const count = `${violations.length} validation ${violations.length === 1 ? "error" : "errors"}`;
    throw new IamError("ValidationError", `${count} detected: ${violations.join("; ")}`);
  }
  return input as InputOf<M>;
}

interface TextRules {
  readonly min?: number;
  readonly max: number;
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  /** What a text that does not match should be, in IAM's words. */
  readonly mustBe?: string;
}

export function optionalText(rules: TextRules): Member<string | undefined> {
  return {
    read(value, place, violations) {
      if (value === undefined) return undefined;
      if (typeof value !== "string") {
        violations.push(violation("[…]", place, "Member must be a text"));
        return undefined;
      }
      const broken = brokenRule(value, rules);
      if (broken !== undefined) violations.push(violation(value.slice(0, 256), place, broken));
      else if (rules.pattern?.test(value) === false) {
        throw iamErrors.invalid(
          `The specified value for ${place} is invalid. It must ${rules.mustBe ?? `match ${rules.pattern.source}`}`,
        );
      }
      return value;
    },
  };
}

function brokenRule(value: string, { min = 1, max, oneOf }: TextRules): string | undefined {
  if (oneOf?.includes(value) === false) {
    return `Member must satisfy enum value set: [${oneOf.join(", ")}]`;
  }
  if (value.length < min) return `Member must have length greater than or equal to ${min}`;
  if (value.length > max) return `Member must have length less than or equal to ${max}`;
  return undefined;
}

/** The member, which has to be given. */
export function required<T>(member: Member<T | undefined>): Member<T> {
  return {
    read(value, place, violations) {
      if (value === undefined) {
        violations.push(
          `Value null at '${place}' failed to satisfy constraint: Member must not be null`,
        );
      }
      // Where nothing is given, the input is refused as a whole.
      return member.read(value, place, violations) as T;
    },
  };
}

export function optionalNumber(min: number, max: number): Member<number | undefined> {
  return {
    read(value, place, violations) {
      if (value === undefined) return undefined;
      const number = typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : NaN;
      if (Number.isNaN(number)) {
        violations.push(violation(printed(value), place, "Member must be a whole number"));
      } else if (number < min) {
        violations.push(
          violation(
            String(number),
            place,
            `Member must have value greater than or equal to ${min}`,
          ),
        );
      } else if (number > max) {
        violations.push(
          violation(String(number), place, `Member must have value less than or equal to ${max}`),
        );
      }
      return number;
    },
  };
}

export const flag: Member<boolean | undefined> = {
  read(value, place, violations) {
    if (value === undefined) return undefined;
    if (value !== "true" && value !== "false") {
      violations.push(violation(printed(value), place, "Member must be true or false"));
    }
    return value === "true";
  },
};

/** A list; what is not given is an empty one. */
export function list<T>(member: Member<T>, max: number): Member<readonly T[]> {
  return {
    read(value, place, violations) {
      // *Documented*: an empty list is a member without a value.
      if (value === undefined || value === "") return [];
      if (!isList(value)) {
        violations.push(violation("…", place, "Member must be a list"));
        return [];
      }
      if (value.length > max) {
        violations.push(
          violation("[…]", place, `Member must have length less than or equal to ${max}`),
        );
        return [];
      }
      return value.map((one, index) =>
        member.read(one, `${place}.${index + 1}.member`, violations),
      );
    },
  };
}

export function structure<M extends Members>(members: M): Member<InputOf<M> | undefined> {
  return {
    read(value, place, violations) {
      if (value === undefined) return undefined;
      if (typeof value === "string" || isList(value)) {
        violations.push(violation("…", place, "Member must be a structure"));
        return undefined;
      }
      const read = Object.entries(members).map(([name, member]) => [
        name,
        member.read(
          Object.hasOwn(value, name) ? value[name] : undefined,
          `${place}.${lowerFirst(name)}`,
          violations,
        ),
      ]);
      return Object.fromEntries(read) as InputOf<M>;
    },
  };
}

/** What is no text has no words of its own. */
function printed(value: FormValue): string {
  return typeof value === "string" ? value.slice(0, 256) : "…";
}

function isList(value: FormValue): value is readonly FormValue[] {
  return Array.isArray(value);
}

function violation(value: string, place: string, constraint: string): string {
  return `Value '${value}' at '${place}' failed to satisfy constraint: ${constraint}`;
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
