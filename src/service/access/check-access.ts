import type { ArnScope } from "../../machine/arns.ts";
import {
  type Access,
  type AccessRequest,
  accessDenied,
  type Authorizer,
  everybodyMay,
} from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import { errors } from "../errors/errors.ts";
import type { OperationName } from "../model/service-model.ts";
import type { RequestContext, ServiceContext } from "../operation.ts";
import { checkMachineRole } from "./machine-role.ts";
import { onStateMachine, operationAccess, type OperationAccess } from "./operation-access.ts";

/** Asks whether the caller may do what it is about to, and throws AWS's refusal if it may not. */
export interface AccessCheck {
  /** For an operation, whose input has been validated. */
  operation(
    name: OperationName,
    input: object,
    context: ServiceContext,
    request: AccessAsker,
  ): Promise<void>;
  /** For what is no operation of the API. */
  access(access: Access, request: AccessAsker): Promise<void>;
}

/** Who asks, and who is told of what is decided. */
export type AccessAsker = Pick<RequestContext, "caller" | "decided">;

/** `undefined` where everybody may: then nothing is asked, and nothing found out in order to ask. */
export function createAccessCheck(
  authorizer: Authorizer,
  scope: ArnScope,
): AccessCheck | undefined {
  if (authorizer === everybodyMay) return undefined;
  const owner: Caller = { ...scope, principal: { type: "owner" } };

  async function access(wanted: Access, { caller = owner, decided }: AccessAsker): Promise<void> {
    const asked: AccessRequest = { ...onStateMachine(wanted), caller };
    const decision = await authorizer.mayCall(asked);
    decided?.({ access: asked, decision });
    if (!decision.allowed) throw errors.accessDenied(accessDenied(asked, decision));
  }

  return {
    access,
    async operation(name, input, context, request) {
      const [own, ...besides] = await wantedBy(name, input, context);
      for (const wanted of [own, ...besides]) await access(wanted, request);
      const machine = entryOf(name).machine?.(input as Input);
      if (machine !== undefined) await checkMachineRole(own.resource, machine, authorizer, context);
    },
  };
}

/** The table's types say that each entry belongs to the input of its operation. */
function entryOf(name: OperationName): OperationAccess<Input> {
  return operationAccess[name] as OperationAccess<Input>;
}

type Input = { readonly [member: string]: unknown };

async function wantedBy(
  name: OperationName,
  validated: object,
  context: ServiceContext,
): Promise<readonly [own: Access, ...besides: readonly Access[]]> {
  const entry = entryOf(name);
  const input = validated as Input;
  const resource = await resourceOf(entry, input, context);
  const conditions = entry.conditions?.(input);
  return [
    { action: `states:${name}`, resource, ...(conditions !== undefined && { conditions }) },
    ...(entry.besides?.(input, resource) ?? []),
  ];
}

function resourceOf(
  { resource }: OperationAccess<Input>,
  input: Input,
  context: ServiceContext,
): string | Promise<string> {
  if (typeof resource === "function") return resource(input, context);
  if (resource === "*") return resource;
  const members: readonly string[] = typeof resource === "string" ? [resource] : resource;
  const given = members.map((member) => input[member]).find((value) => value !== undefined);
  // None is given where one of several was to be: the operation refuses that.
  return typeof given === "string" ? given : "*";
}
