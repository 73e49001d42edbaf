import type { JsonObject } from "../../expression/json.ts";
import { parseFunctionReference } from "../../integrations/lambda/function-name.ts";
import type { Access } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type {
  HttpBinding,
  ServiceAnswer,
  ServiceCall,
  ServiceInput,
  ServiceMembers,
  ServiceOperation,
} from "../../ports/service-api.ts";
import { requiredText, textOf } from "../members.ts";
import { type FunctionPlace, qualifiedArn } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";

export interface LambdaOperations {
  readonly [name: string]: ServiceOperation;
}

export interface FunctionCall extends ServiceCall {
  readonly members: JsonObject;
  readonly place: FunctionPlace;
  readonly input: ServiceInput;
}

export type FunctionOperation = FunctionRequest &
  (
    | {
        /** Gives the answer's members. */ perform(
          call: FunctionCall,
        ): Promise<ServiceMembers | undefined>;
      }
    /** Gives the whole answer. */
    | { answer(call: FunctionCall): Promise<ServiceAnswer> }
  );

interface FunctionRequest {
  readonly http: HttpBinding;
  /** Absent: the operation's own name. */
  readonly action?: string;
  /** Beside the function itself. */
  readonly also?: (members: JsonObject, caller: Caller) => readonly Access[];
}

/** An operation on one function, which is what its action is asked for. */
export function ofFunction(name: string, operation: FunctionOperation): ServiceOperation {
  const { http, action = name, also } = operation;
  return {
    http: { ...http, query: { Qualifier: "Qualifier", ...http.query } },
    prepare(input, call) {
      const { members } = input;
      const place = functionPlace(members, call.caller);
      return {
        access: [
          { action: `lambda:${action}`, resource: qualifiedArn(place) },
          ...(also?.(members, call.caller) ?? []),
        ],
        async perform() {
          const asked = { ...call, members, place, input };
          return "answer" in operation
            ? operation.answer(asked)
            : { members: (await operation.perform(asked)) ?? {} };
        },
      };
    },
  };
}

/** *Documented*: a name, a name with a version or alias, an ARN, or a part of one; a qualifier may be beside it too. */
export function functionPlace(members: JsonObject, caller: Caller): FunctionPlace {
  const given = requiredText(members, "FunctionName");
  const reference = given.length > 200 ? undefined : parseFunctionReference(given, caller);
  if (reference === undefined || reference.name.length > 64 || /^lambda:/i.test(given)) {
    throw lambdaErrors.constraint(
      "functionName",
      given,
      String.raw`satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  const qualifier = textOf(members, "Qualifier");
  const { name, arn } = reference;
  if (
    qualifier !== undefined &&
    reference.qualifier !== undefined &&
    qualifier !== reference.qualifier
  ) {
    throw lambdaErrors.invalid(
      "The derived qualifier from the function name does not match the specified qualifier.",
    );
  }
  const unqualified = arn.split(":").slice(0, 7).join(":");
  // A call sees its own Region, and the account is one.
  const [, , , region = "", account = ""] = unqualified.split(":");
  if (region !== caller.region || account !== caller.accountId) {
    throw lambdaErrors.functionNotFound(arn);
  }
  return { region, name, arn: unqualified, qualifier: qualifier ?? reference.qualifier };
}

/** A page of what is in a list, by the index at which it begins. *Documented*: at most 10,000 of versions and aliases, 50 of functions. */
export function paged<T>(
  all: readonly T[],
  members: JsonObject,
  most: number,
): { readonly items: readonly T[]; readonly NextMarker: string | undefined } {
  const from = Number(textOf(members, "Marker") ?? 0);
  const limit = Math.min(most, Number(textOf(members, "MaxItems") ?? most));
  if (!Number.isSafeInteger(from) || from < 0 || !Number.isInteger(limit) || limit < 1) {
    throw lambdaErrors.invalid("Invalid pagination token or page size");
  }
  const next = from + limit;
  return { items: all.slice(from, next), NextMarker: next < all.length ? String(next) : undefined };
}
