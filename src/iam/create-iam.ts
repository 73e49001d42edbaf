import { partitionOf } from "../machine/arns.ts";
import { type Authorizer, everybodyMay } from "../ports/authorizer.ts";
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
import { createIamService, type IamService } from "./operations/iam-service.ts";

export interface IamOptions {
  /** `open`: everybody may do everything. `required`: policies say who may. */
  readonly mode: "open" | "required";
  /** Absent: as the mode has it, enforced where policies are. */
  readonly workflowRoles?: AuthorizerOptions["workflowRoles"] | undefined;
  /** A folder of files that say who there is and what they may; absent: only the store does. */
  readonly folder?: string | undefined;
}

export interface IamParts extends IamOptions, Pick<AuthorizerOptions, "resourceTags"> {
  readonly store: DocumentStore & Pick<Store, "secret">;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly region: string;
  readonly accountId: string;
}

/** Who there is and what they may, joined. */
export interface Iam {
  readonly directory: IamDirectory;
  readonly credentials: Credentials;
  readonly authorizer: Authorizer;
  readonly service: IamService;
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
  });
  const authorizer = authorizerOf(mode, workflowRoles, byPolicies);
  return {
    directory,
    credentials: directoryCredentials({ directory, sealer, tokens, uses }),
    authorizer,
    service: createIamService({ directory, sealer, tokens, uses, clock }, authorizer),
    async close() {
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
  return {
    mayCall: (request) =>
      request.caller.principal.type === "role"
        ? byPolicies.mayCall(request)
        : everybodyMay.mayCall(request),
    mayAct: (request) => byPolicies.mayAct(request),
  };
}
