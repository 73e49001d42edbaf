import {
  type Access,
  type AccessRequest,
  accessDenied,
  type Authorizer,
} from "../../ports/authorizer.ts";
import { audited, type AuditTrail, type NoteDecision } from "../../ports/audit-trail.ts";
import type { Caller } from "../../ports/caller.ts";
import { iamCallToAudit, iamElementsOf } from "../audit/iam-call.ts";
import { DirectoryRefusal } from "../directory/iam-directory.ts";
import { accessKeyOperations } from "./iam/access-keys.ts";
import { accountOperations } from "./iam/account-details.ts";
import { attachmentOperations } from "./iam/attachments.ts";
import { boundaryOperations } from "./iam/boundaries.ts";
import { groupOperations } from "./iam/groups.ts";
import { inlinePolicyOperations } from "./iam/inline-policies.ts";
import { loginProfileOperations } from "./iam/login-profiles.ts";
import { managedPolicyOperations } from "./iam/managed-policies.ts";
import { roleOperations } from "./iam/roles.ts";
import { simulateOperations } from "./iam/simulate.ts";
import { tagOperations } from "./iam/tags.ts";
import { userOperations } from "./iam/users.ts";
import { IamError, iamErrors } from "./iam-error.ts";
import type { FormStructure } from "./members.ts";
import type { Answer, IamAccess, IamContext, IamOperation } from "./operation.ts";
import { refuseUserSession } from "./sts/get-session-token.ts";
import { stsOperations } from "./sts/sts-operations.ts";

export type IamServiceName = "iam" | "sts";

/** Every operation that there is: what is not here does not exist. */
export const iamOperations: {
  readonly [S in IamServiceName]: { readonly [name: string]: IamOperation };
} = {
  iam: {
    ...userOperations,
    ...groupOperations,
    ...roleOperations,
    ...managedPolicyOperations,
    ...inlinePolicyOperations,
    ...attachmentOperations,
    ...boundaryOperations,
    ...tagOperations,
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...accountOperations,
    ...simulateOperations,
  },
  sts: stsOperations,
};

/** IAM's and STS's APIs as functions: what the server, the console and the command line call. */
export interface IamService {
  /** Asks whether the caller may, and performs the operation. Rejects with an {@link IamError} for what the API answers as an error. */
  call(
    service: IamServiceName,
    operation: string,
    input: FormStructure,
    caller: Caller,
    requestId?: string,
  ): Promise<Answer>;
}

/** Every operation goes through the one question here, before it is performed. */
export function createIamService(
  context: IamContext,
  authorizer: Authorizer,
  audit?: AuditTrail,
): IamService {
  async function performed(
    service: IamServiceName,
    name: string,
    input: FormStructure,
    caller: Caller,
    decided?: NoteDecision,
  ): Promise<Answer> {
    const table = iamOperations[service];
    const operation = Object.hasOwn(table, name) ? table[name] : undefined;
    if (operation === undefined) throw unknownOperation(service, name);
    refuseUserSession(service, name, caller);
    const view = await context.directory.view();
    const prepared = operation.prepare(input, { caller, view });
    if (prepared.access !== undefined) {
      await ask(authorizer, caller, wantedBy(service, name, prepared.access), decided);
    }
    try {
      return await prepared.perform(context);
    } catch (error) {
      if (!(error instanceof DirectoryRefusal)) throw error;
      throw error.reason === "file" ? iamErrors.ofFile() : iamErrors.raced();
    }
  }

  return {
    call(service, name, input, caller, requestId) {
      if (audit === undefined) return performed(service, name, input, caller);
      const about = iamCallToAudit(service, name, input);
      return audited(
        audit,
        { ...about, caller, requestId },
        (decided) => performed(service, name, input, caller, decided),
        (answer) => iamElementsOf(about, answer),
      );
    },
  };
}

function wantedBy(
  service: IamServiceName,
  name: string,
  { besides = [], ...access }: IamAccess,
): readonly Access[] {
  return [{ action: `${service}:${name}`, ...access }, ...besides];
}

async function ask(
  authorizer: Authorizer,
  caller: Caller,
  wanted: readonly Access[],
  decided?: NoteDecision,
): Promise<void> {
  for (const access of wanted) {
    const asked: AccessRequest = { ...access, caller };
    const decision = await authorizer.mayCall(asked);
    decided?.({ access: asked, decision });
    if (!decision.allowed) throw iamErrors.accessDenied(accessDenied(asked, decision));
  }
}

function unknownOperation(service: IamServiceName, name: string): IamError {
  const version = service === "iam" ? "2010-05-08" : "2011-06-15";
  return new IamError("InvalidAction", `Could not find operation ${name} for version ${version}`);
}
