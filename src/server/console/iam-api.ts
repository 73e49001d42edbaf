import { IamError } from "../../iam/operations/iam-error.ts";
import type { IamService } from "../../iam/operations/iam-service.ts";
import type { FormStructure, FormValue } from "../../iam/operations/members.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { errors } from "../../service/errors/errors.ts";
import { httpErrors } from "../http-errors.ts";
import type { Route } from "./console-api.ts";

/** Our choice: no input of IAM has structures in structures in structures. */
const deepest = 6;

/** An operation of IAM: its input as JSON, its answer, too. Every one asks who may, as for any other client. */
export function iamRoute(iam: IamService): Route {
  return async ({ body, context: { caller } }, operation) => {
    if (caller === undefined) throw httpErrors.signIn();
    try {
      return await iam.call("iam", operation, formOf(body), caller);
    } catch (error) {
      throw error instanceof IamError ? iamApiError(error) : error;
    }
  };
}

/** An error of IAM as this API has it. */
export function iamApiError({ code, message, statusCode }: IamError): ApiError {
  return new ApiError(code, message, undefined, statusCode);
}

/** IAM's operations read forms, in which everything is a text. */
function formOf(body: unknown): FormStructure {
  const form = valueOf(body, 0);
  if (typeof form === "string" || Array.isArray(form)) {
    throw errors.validation("The input of an operation is an object.");
  }
  return form as FormStructure;
}

function valueOf(value: unknown, depth: number): FormValue {
  if (depth > deepest) throw errors.validation("The input of an operation is not so deep.");
  if (Array.isArray(value)) return value.map((each) => valueOf(each, depth + 1));
  if (typeof value === "object" && value !== null) {
    const structure = Object.create(null) as { [name: string]: FormValue };
    for (const [name, each] of Object.entries(value)) structure[name] = valueOf(each, depth + 1);
    return structure;
  }
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw errors.validation("The input of an operation has no nulls.");
}
