import {
  type Access,
  type AccessRequest,
  accessDenied,
  type Authorizer,
} from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import { DirectoryRefusal } from "../directory/iam-directory.ts";
import { accessKeyOperations } from "./iam/access-keys.ts";
import { accountOperations } from "./iam/account-details.ts";
import { attachmentOperations } from "./iam/attachments.ts";
import { boundaryOperations } from "./iam/boundaries.ts";
import { groupOperations } from "./iam/groups.ts";
import { inlinePolicyOperations } from "./iam/inline-policies.ts";
import { managedPolicyOperations } from "./iam/managed-policies.ts";
import { roleOperations } from "./iam/roles.ts";
import { simulateOperations } from "./iam/simulate.ts";
import { tagOperations } from "./iam/tags.ts";
import { userOperations } from "./iam/users.ts";
import { IamError, iamErrors } from "./iam-error.ts";
import type { FormStructure } from "./members.ts";
import type { Answer, IamAccess, IamContext, IamOperation } from "./operation.ts";
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
  ): Promise<Answer>;
}

/** Every operation goes through the one question here, before it is performed. */
export function createIamService(context: IamContext, authorizer: Authorizer): IamService {
  return {
    async call(service, name, input, caller) {
      const table = iamOperations[service];
      const operation = Object.hasOwn(table, name) ? table[name] : undefined;
      if (operation === undefined) throw unknownOperation(service, name);
      const view = await context.directory.view();
      const prepared = operation.prepare(input, { caller, view });
      if (prepared.access !== undefined) {
        await ask(authorizer, caller, wantedBy(service, name, prepared.access));
      }
      try {
        return await prepared.perform(context);
      } catch (error) {
        if (!(error instanceof DirectoryRefusal)) throw error;
        throw error.reason === "file" ? iamErrors.ofFile() : iamErrors.raced();
      }
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
): Promise<void> {
  for (const access of wanted) {
    const asked: AccessRequest = { ...access, caller };
    const decision = await authorizer.mayCall(asked);
    if (!decision.allowed) throw iamErrors.accessDenied(accessDenied(asked, decision));
  }
}

function unknownOperation(service: IamServiceName, name: string): IamError {
  const version = service === "iam" ? "2010-05-08" : "2011-06-15";
  return new IamError("InvalidAction", `Could not find operation ${name} for version ${version}`);
}
