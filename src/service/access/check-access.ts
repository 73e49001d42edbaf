import {
  type Access,
  type AccessRequest,
  accessDenied,
  type Authorizer,
  everybodyMay,
} from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import { keyAccess } from "../../ports/customer-key-access.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../errors/errors.ts";
import type { OperationName } from "../model/service-model.ts";
import type { RequestContext, ServiceContext } from "../operation.ts";
import { type KeyUse, usesToReadExecution, usesToReadMachine, usesToReadRun } from "./key-uses.ts";
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
  /** For what is no operation of the API. An execution's history is asked for with the key that seals it. */
  access(access: Access, request: AccessAsker): Promise<void>;
  /** Whether the caller may read what is sealed with the key of a state machine, if it has one. */
  decrypting(stateMachineArn: string, request: AccessAsker): Promise<void>;
}

/** Who asks, and who is told of what is decided. */
export type AccessAsker = Pick<RequestContext, "caller" | "decided">;

/** `undefined` where everybody may: then nothing is asked, and nothing found out in order to ask. `all` sees all Regions. */
export function createAccessCheck(
  authorizer: Authorizer,
  all: ServiceContext,
  expressHistories: Pick<Engine["expressHistories"], "find">,
): AccessCheck | undefined {
  if (authorizer === everybodyMay) return undefined;
  const owner: Caller = { ...all.scope, principal: { type: "owner" } };

  /** Answers how it is refused; `undefined`: it is not. */
  async function refusal(
    wanted: Access,
    { caller = owner, decided }: AccessAsker,
  ): Promise<string | undefined> {
    const asked: AccessRequest = { ...onStateMachine(wanted), caller };
    const decision = await authorizer.mayCall(asked);
    decided?.({ access: asked, decision });
    return decision.allowed ? undefined : accessDenied(asked, decision);
  }

  async function access(wanted: Access, request: AccessAsker): Promise<void> {
    const refused = await refusal(wanted, request);
    if (refused !== undefined) throw errors.accessDenied(refused);
  }

  async function useKeys(uses: readonly KeyUse[], request: AccessAsker): Promise<void> {
    for (const { action, key } of uses) {
      const refused = await refusal(keyAccess(action, key), request);
      if (refused !== undefined) throw errors.kmsAccessDenied(key.kmsKeyId, refused);
    }
  }

  function usesOfHistory(executionArn: string): Promise<readonly KeyUse[]> {
    const express = expressHistories.find(executionArn);
    return express === undefined
      ? usesToReadExecution(executionArn, all)
      : usesToReadRun(express.record, all);
  }

  return {
    async access(wanted, request) {
      await access(wanted, request);
      const { action, resource } = wanted;
      if (historyActions.has(action)) await useKeys(await usesOfHistory(resource), request);
    },
    async decrypting(stateMachineArn, request) {
      await useKeys(await usesToReadMachine(stateMachineArn, all), request);
    },
    async operation(name, input, context, request) {
      const [own, ...besides] = await wantedBy(name, input, context);
      for (const wanted of [own, ...besides]) await access(wanted, request);
      const { keys } = entryOf(name);
      if (keys !== undefined) {
        await useKeys(await keys(input as Input, context, own.resource), request);
      }
      const machine = entryOf(name).machine?.(input as Input);
      if (machine !== undefined) await checkMachineRole(own.resource, machine, authorizer, context);
    },
  };
}

/** What only who reads an execution's data asks for. */
const historyActions: ReadonlySet<string> = new Set([
  "states:GetExecutionHistory",
  "states:DescribeStateMachineForExecution",
]);

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
