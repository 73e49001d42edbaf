import { auditedCall } from "./audited-call.ts";
import { accessDenied, type AccessRequest, type Authorizer } from "../ports/authorizer.ts";
import { audited, type AuditTrail, type NoteDecision } from "../ports/audit-trail.ts";
import {
  type ServiceAnswer,
  type ServiceApi,
  type ServiceApis,
  type ServiceCall,
  ServiceError,
  type ServiceInput,
} from "../ports/service-api.ts";

/** The services of this process as functions: every operation goes through the one question here, before it is performed. */
export function createServiceApis(
  apis: readonly ServiceApi[],
  {
    authorizer,
    audit,
  }: { readonly authorizer: Authorizer; readonly audit?: AuditTrail | undefined },
): ServiceApis {
  const bySigningName = new Map(apis.map((api) => [api.signingName, api]));

  async function performed(
    service: string,
    name: string,
    input: ServiceInput,
    call: ServiceCall,
    decided?: NoteDecision,
  ): Promise<ServiceAnswer> {
    const { operations = {}, off } = bySigningName.get(service) ?? {};
    if (off !== undefined) throw new ServiceError("UnknownOperationException", off);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw unknownOperation(service, name);
    const prepared = operation.prepare(input, call);
    for (const access of prepared.access) {
      const asked: AccessRequest = { ...access, caller: call.caller };
      const decision = await authorizer.mayCall(asked);
      decided?.({ access: asked, decision });
      if (!decision.allowed) {
        throw new ServiceError("AccessDeniedException", accessDenied(asked, decision), 403);
      }
    }
    return prepared.perform();
  }

  return {
    isOff: (service) => bySigningName.get(service)?.off !== undefined,
    call(service, name, input, call) {
      if (audit === undefined) return performed(service, name, input, call);
      return audited(audit, auditedCall(service, name, input.members, call), (decided) =>
        performed(service, name, input, call, decided),
      );
    },
  };
}

/** *Documented*: the name of AWS JSON; each protocol writes it its own way. The words are ours. */
export function unknownOperation(service: string, operation: string): ServiceError {
  return new ServiceError(
    "UnknownOperationException",
    `Stepwell has no operation ${operation} of the service '${service}'. docs/aws-endpoint.md lists those that it has.`,
  );
}
