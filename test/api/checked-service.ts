import { ApiError } from "../../src/service/errors/api-error.ts";
import { serviceModel, type OperationName } from "../../src/service/model/service-model.ts";
import type { Service } from "../../src/service/service.ts";
import {
  listKind,
  mapKind,
  memberSchema,
  membersOf,
  outputSchema,
  sdkOperations,
  simpleItems,
  simpleKind,
  structureKind,
  type Schema,
} from "./sdk-model.ts";

const outputs = new Map(
  sdkOperations.map((operation) => [operation[2] as string, outputSchema(operation)]),
);

/** Errors that any operation may answer with: the protocol's, and those of the checks before the operation. */
const commonErrors: ReadonlySet<string> = new Set([
  "ValidationException",
  "SerializationException",
  "AccessDeniedException",
  "UnknownOperationException",
]);

/**
 * The service, which tells `violation` of every answer that the SDK's model does not know: an error that is not the
 * operation's, a member of the output that it has not, of another type, or missing.
 */
export function checkedService(service: Service, violation: (problem: string) => void): Service {
  return {
    ...service,
    async call(operation, input, request) {
      try {
        const output = await service.call(operation, input, request);
        for (const problem of problemsOf(output, outputs.get(operation), operation)) {
          violation(problem);
        }
        return output;
      } catch (thrown) {
        if (thrown instanceof ApiError && !isErrorOf(operation, thrown.code)) {
          violation(`${operation} answered ${thrown.code}: ${thrown.message}`);
        }
        throw thrown;
      }
    },
  };
}

function isErrorOf(operation: string, code: string): boolean {
  const own = (serviceModel[operation as OperationName]?.errors ?? []) as readonly string[];
  return commonErrors.has(code) || own.includes(code);
}

function problemsOf(value: unknown, schema: unknown, place: string): readonly string[] {
  if (value === undefined) return [];
  if (typeof schema === "number") return problemsOfSimple(value, schema, place);
  const [kind, , , , inner] = schema as Schema;
  if (kind === simpleKind) return problemsOf(value, memberSchema(inner), place);
  if (kind === listKind) return problemsOfList(value, memberSchema(inner), place);
  if (kind === mapKind) return problemsOfMap(value, memberSchema((schema as Schema)[5]), place);
  if (kind !== structureKind) return [`${place}: a schema of kind ${String(kind)}`];
  if (!isObject(value)) return [`${place}: ${JSON.stringify(value)} is no structure`];
  const members = membersOf(schema as Schema);
  const names = new Set(members.map(({ name }) => name));
  return [
    ...Object.keys(value)
      .filter((name) => value[name] !== undefined && !names.has(name))
      .map((name) => `${place}/${name} is no member`),
    ...members
      .filter(({ name, required }) => required && value[name] === undefined)
      .map(({ name }) => `${place}/${name} is required`),
    ...members
      // The SDK reads null as absent; AWS answers it for the token of a poll that found nothing.
      .filter(({ name, required }) => required || value[name] !== null)
      .flatMap(({ name, schema: type }) => problemsOf(value[name], type, `${place}/${name}`)),
  ];
}

function problemsOfSimple(value: unknown, schema: number, place: string): readonly string[] {
  const { kind, of } = simpleItems(schema);
  if (kind === listKind) return problemsOfList(value, of, place);
  if (kind === mapKind) return problemsOfMap(value, of, place);
  const type = { 0: "string", 1: "number", 2: "boolean", 4: "number" }[of];
  if (type === undefined) return [`${place}: a schema ${of}`];
  return typeof value === type ? [] : [`${place}: ${JSON.stringify(value)} is no ${type}`];
}

function problemsOfList(value: unknown, of: unknown, place: string): readonly string[] {
  if (!Array.isArray(value)) return [`${place}: ${JSON.stringify(value)} is no list`];
  return value.flatMap((item, index) => problemsOf(item, of, `${place}[${index}]`));
}

function problemsOfMap(value: unknown, of: unknown, place: string): readonly string[] {
  if (!isObject(value)) return [`${place}: ${JSON.stringify(value)} is no map`];
  return Object.entries(value).flatMap(([key, member]) =>
    problemsOf(member, of, `${place}.${key}`),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
