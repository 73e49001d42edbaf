import { printedValue } from "./printed-value.ts";
import { utf8Length } from "../../expression/payload.ts";
import { errors } from "../errors/errors.ts";
import type { Member, Members } from "./member.ts";

/** Checks an operation's input; the result has the model's members and nothing else. Throws the ApiError. */
export type InputValidator = (input: unknown) => object;

/** The numbers that a server's configuration may change. */
export interface ConstraintLimits {
  readonly payloadBytes: number;
  /** How messages name a member; absent: as it is. */
  readonly shownName?: (member: string) => string;
}

/**
 * Compiles the validator of one operation.
 *
 * A value of the wrong JSON type stops at once with a SerializationException, as the service's parser does before it
 * looks at any constraint; broken constraints are collected and reported together. Members that are null are absent,
 * and members that the model does not know are ignored. Observed: the texts of both.
 */
export function compileValidator(members: Members, limits: ConstraintLimits): InputValidator {
  const validate = compileStructure(members, limits);
  return (input) => {
    const broken: string[] = [];
    const value = validate(input, "", broken);
    if (broken.length > 0) throw errors.validation(constraintMessage(broken));
    return value as object;
  };
}

function constraintMessage(broken: readonly string[]): string {
  const count = `${broken.length} validation error${broken.length === 1 ? "" : "s"} detected`;
  return `${count}: ${broken.join("; ")}`;
}

/** `quoted` is the value with a blank before it, or nothing. */
function failed(quoted: string, path: string, constraint: string): string {
  return `Value${quoted} at '${path}' failed to satisfy constraint: Member must ${constraint}`;
}

/** Answers the value as the operation gets it. `path` is the member's name in messages. */
type MemberValidator = (value: unknown, path: string, broken: string[]) => unknown;

function compileMember(member: Member, limits: ConstraintLimits): MemberValidator {
  switch (member.type) {
    case "string":
      return compileString(member, limits);
    case "integer":
    case "float":
      return compileNumber(member);
    case "boolean":
      return (value) => {
        if (typeof value !== "boolean") throw wrongType(value, "Boolean");
        return value;
      };
    case "structure":
      return compileStructure(member.members, limits);
    case "list":
      return compileList(member, limits);
    case "map":
      return compileMap(member, limits);
    case "timestamp":
      return timestamp;
    case "document":
      return (value) => value;
  }
}

function compileStructure(members: Members, limits: ConstraintLimits): MemberValidator {
  const { shownName = (name) => name } = limits;
  const fields = Object.entries(members).map(([name, member]) => ({
    name,
    shown: shownName(name),
    required: member.required === true,
    validate: compileMember(member, limits),
  }));
  return (value, path, broken) => {
    if (typeof value !== "object" || value === null) throw errors.serialization("Expected null");
    if (Array.isArray(value)) throw errors.serialization("Start of list found where not expected");
    const result: Record<string, unknown> = {};
    for (const field of fields) {
      const found = Object.hasOwn(value, field.name)
        ? (value as Record<string, unknown>)[field.name]
        : undefined;
      if (found === undefined || found === null) {
        if (field.required) {
          broken.push(failed(" null", memberPath(path, field.shown), "not be null"));
        }
      } else {
        result[field.name] = field.validate(found, memberPath(path, field.shown), broken);
      }
    }
    return result;
  };
}

function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function compileString(
  member: Extract<Member, { type: "string" }>,
  limits: ConstraintLimits,
): MemberValidator {
  const min = member.min ?? 0;
  const countsBytes = member.max === "payload";
  const max = member.max === "payload" ? limits.payloadBytes : (member.max ?? Infinity);
  const allowed = member.enum === undefined ? undefined : new Set(member.enum);
  const { pattern } = member;
  const quoted = member.sensitive === true ? () => "" : (value: string) => ` '${value}'`;
  return (value, path, broken) => {
    if (typeof value !== "string") throw wrongType(value, "String");
    const length =
      countsBytes && value.length * 3 > max && value.length <= max
        ? utf8Length(value)
        : value.length;
    if (length < min)
      broken.push(failed(quoted(value), path, `have length greater than or equal to ${min}`));
    if (length > max)
      broken.push(failed(quoted(value), path, `have length less than or equal to ${max}`));
    if (pattern !== undefined && !pattern.test(value)) {
      broken.push(
        failed(quoted(value), path, `satisfy regular expression pattern: ${pattern.source}`),
      );
    }
    if (allowed !== undefined && !allowed.has(value)) {
      broken.push(
        failed(quoted(value), path, `satisfy enum value set: [${[...allowed].join(", ")}]`),
      );
    }
    return value;
  };
}

function compileNumber(member: Extract<Member, { type: "integer" | "float" }>): MemberValidator {
  const { min = -Infinity, max = Infinity } = member;
  return (value, path, broken) => {
    if (typeof value !== "number") {
      throw wrongType(value, member.type === "integer" ? "Integer" : "Float");
    }
    // The service's parser cuts the fraction of a number that is to be whole.
    const number = member.type === "integer" ? Math.trunc(value) : value;
    const quoted = ` '${number}'`;
    if (number < min)
      broken.push(failed(quoted, path, `have value greater than or equal to ${min}`));
    if (number > max) broken.push(failed(quoted, path, `have value less than or equal to ${max}`));
    return number;
  };
}

function compileList(
  member: Extract<Member, { type: "list" }>,
  limits: ConstraintLimits,
): MemberValidator {
  const { min = 0, max = Infinity } = member;
  const element = compileMember(member.of, limits);
  return (value, path, broken) => {
    if (!Array.isArray(value)) {
      if (typeof value === "object") throw wrongType(value, "List");
      throw errors.serialization("Expected list or null");
    }
    if (value.length < min || value.length > max) {
      const bound =
        value.length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
      broken.push(failed(` '${printedValue(value, member)}'`, path, `have length ${bound}`));
    }
    // The service counts list members from 1: `tags.1.member.key`. A null among them is left out.
    return value
      .filter((item) => item !== null)
      .map((item, index) => element(item, `${path}.${index + 1}.member`, broken));
  };
}

function compileMap(
  { of, max = Infinity }: Extract<Member, { type: "map" }>,
  limits: ConstraintLimits,
): MemberValidator {
  const validate = compileMember(of, limits);
  return (value, path, broken) => {
    if (typeof value !== "object" || value === null) throw errors.serialization("Expected null");
    if (Array.isArray(value)) throw errors.serialization("Start of list found where not expected");
    const entries = Object.entries(value).filter(([, item]) => item !== null);
    if (entries.length > max) {
      const quoted = ` '${printedValue(value, { type: "document" })}'`;
      broken.push(failed(quoted, path, `have length less than or equal to ${max}`));
    }
    return Object.fromEntries(
      entries.map(([name, item]) => [name, validate(item, `${path}.${name}.member`, broken)]),
    );
  };
}

/** *Documented*: protocols of AWS: seconds with a fraction in JSON, ISO 8601 elsewhere. */
function timestamp(value: unknown): number {
  const at = typeof value === "number" ? value * 1000 : Date.parse(String(value));
  if (Number.isNaN(at) || Math.abs(at) > 8.64e15) {
    throw errors.serialization("Could not parse the value as a timestamp");
  }
  return Math.round(at);
}

/** Observed on services with the same parser: `NUMBER_VALUE can not be converted to a String`. */
function wrongType(value: unknown, target: "String" | "Integer" | "Float" | "Boolean" | "List") {
  if (Array.isArray(value)) return errors.serialization("Start of list found where not expected");
  if (typeof value === "object") {
    return errors.serialization("Start of structure or map found where not expected.");
  }
  const found =
    typeof value === "string"
      ? "STRING_VALUE"
      : typeof value === "number"
        ? "NUMBER_VALUE"
        : value === true
          ? "TRUE_VALUE"
          : "FALSE_VALUE";
  const article = target === "Integer" ? "an" : "a";
  return errors.serialization(`${found} can not be converted to ${article} ${target}`);
}
