import { partitionOf } from "../machine/arns.ts";
import { type Authorizer, everybodyMay } from "../ports/authorizer.ts";
import { isOfWorkflow, type Principal } from "../ports/caller.ts";
import type { AuditTrail } from "../ports/audit-trail.ts";
import type { Clock } from "../ports/clock.ts";
import type { DocumentStore } from "../ports/document-store.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { type AuthorizerOptions, createAuthorizer } from "./authorizer/authorizer.ts";
import type { Credentials } from "./directory/credentials.ts";
import { directoryCredentials } from "./directory/directory-credentials.ts";
import { type IamDirectory, openIamDirectory } from "./directory/iam-directory.ts";
import { createKeyUses } from "./directory/key-uses.ts";
import { createSealer } from "./directory/sealer.ts";
import { createSessionTokens } from "./directory/session-tokens.ts";
import type { OpenIdSettings } from "./people/openid-settings.ts";
import { createPasswords } from "./people/passwords.ts";
import { People } from "./people/people.ts";
import { createIamService, type IamService } from "./operations/iam-service.ts";
import {
  serviceSession,
  type ServiceSession,
  type ServiceSessionRequest,
} from "./operations/sts/service-session.ts";

export interface IamOptions {
  /** `open`: everybody may do everything. `required`: policies say who may. */
  readonly mode: "open" | "required";
  /** Absent: as the mode has it, enforced where policies are. */
  readonly workflowRoles?: AuthorizerOptions["workflowRoles"] | undefined;
  /** A folder of files that say who there is and what they may; absent: only the store does. */
  readonly folder?: string | undefined;
  /** The provider that people sign in with; absent: with passwords only. */
  readonly oidc?: OpenIdSettings | undefined;
  /** See `createPasswords`; for tests. */
  readonly passwordLogCost?: number | undefined;
}

export interface IamParts
  extends IamOptions, Pick<AuthorizerOptions, "resourceTags" | "resourcePolicies"> {
  readonly store: DocumentStore & Pick<Store, "secret">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly region: string;
  readonly accountId: string;
  /** Where each call is written down; absent: nowhere. */
  readonly audit?: AuditTrail | undefined;
}

/** Who there is and what they may, joined. */
export interface Iam {
  readonly directory: IamDirectory;
  readonly credentials: Credentials;
  readonly authorizer: Authorizer;
  readonly service: IamService;
  readonly people: People;
  readonly workflowRoles: AuthorizerOptions["workflowRoles"];
  /** Whether who calls has to prove who he is. */
  readonly isEnforced: boolean;
  /** The key of a session of a role that trusts a service of this server's own. */
  serviceSession(request: ServiceSessionRequest): Promise<ServiceSession>;
  /** Writes what is not written yet, and stops watching. */
  close(): Promise<void>;
}

export async function createIam(parts: IamParts): Promise<Iam> {
  const { store, clock, logger, mode, accountId, region } = parts;
  const { workflowRoles = mode === "required" ? "enforce" : "ignore" } = parts;
  const account = { partition: partitionOf(region), accountId };
  const sealer = createSealer(await store.secret());
  const directory = openIamDirectory({ ...account, store, logger, folder: parts.folder });
  const uses = createKeyUses(store, { clock, logger });
  const tokens = createSessionTokens(sealer);
  const byPolicies = createAuthorizer({
    directory,
    clock,
    workflowRoles,
    ...(parts.resourceTags && { resourceTags: parts.resourceTags }),
    ...(parts.resourcePolicies && { resourcePolicies: parts.resourcePolicies }),
  });
  const passwords = createPasswords(parts.passwordLogCost);
  const people = new People({
    store,
    directory,
    sealer,
    passwords,
    clock,
    logger,
    openid: parts.oidc,
  });
  if (mode === "required") people.keepSwept();
  const authorizer = authorizerOf(mode, workflowRoles, byPolicies);
  return {
    directory,
    credentials: directoryCredentials({ directory, sealer, tokens, uses }),
    authorizer,
    people,
    workflowRoles,
    isEnforced: mode === "required",
    serviceSession: (request) => serviceSession({ directory, tokens, clock }, request),
    service: createIamService(
      { directory, sealer, tokens, uses, passwords, clock },
      authorizer,
      parts.audit,
    ),
    async close() {
      people.close();
      directory.close();
      await uses.close();
    },
  };
}

/** In the open, only workflows are asked about, and they only where somebody wants to try their roles. */
function authorizerOf(
  mode: IamOptions["mode"],
  workflowRoles: AuthorizerOptions["workflowRoles"],
  byPolicies: Authorizer,
): Authorizer {
  if (mode === "required") return byPolicies;
  if (workflowRoles === "ignore") return everybodyMay;
  const answering = (principal: Principal) => (isOfWorkflow(principal) ? byPolicies : everybodyMay);
  return {
    mayCall: (request) => answering(request.caller.principal).mayCall(request),
    mayAct: (request) => answering(request.caller.principal).mayAct(request),
  };
}
