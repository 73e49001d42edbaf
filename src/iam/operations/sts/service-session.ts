import type { ServicePrincipal } from "../../../ports/caller.ts";
import type { Clock } from "../../../ports/clock.ts";
import { trustOf } from "../../authorizer/policies-of.ts";
import { trustsService } from "../../authorizer/trusts-service.ts";
import type { IamDirectory } from "../../directory/iam-directory.ts";
import type { RoleSession, SessionTokens } from "../../directory/session-tokens.ts";

/** A service of this server's own that becomes a role for what runs in its name. */
export interface ServiceSessionRequest extends Omit<ServicePrincipal, "type"> {
  readonly roleArn: string;
  readonly sessionName: string;
}

export interface ServiceSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: number;
}

/** *Documented*: of names of sessions. */
const longestName = 64;

/**
 * The key of a session of a role, as long as the role allows. Rejects where there is no such role, or it does not trust the service
 * for the source.
 */
export async function serviceSession(
  {
    directory,
    tokens,
    clock,
  }: { readonly directory: IamDirectory; readonly tokens: SessionTokens; readonly clock: Clock },
  { roleArn, sessionName, service, sourceArn }: ServiceSessionRequest,
): Promise<ServiceSession> {
  const view = await directory.view();
  const role = view.byArn("role", roleArn);
  if (role === undefined) throw new Error(`The role ${roleArn} does not exist`);
  const issuedAt = clock.now();
  if (!trustsService(trustOf(role), roleArn, { service, sourceArn }, issuedAt).allowed) {
    throw new Error(`The role ${roleArn} cannot be assumed by ${service}`);
  }
  const issued = tokens.issue<RoleSession>({
    roleArn,
    roleId: role.id,
    sessionName: sessionName.slice(0, longestName),
    issuedAt,
    expiresAt: issuedAt + role.maxSessionSeconds * 1_000,
    assumedBy: service,
  });
  if (issued === undefined) throw new Error(`The session of the role ${roleArn} is too large`);
  const { accessKeyId, secretAccessKey, expiresAt } = issued.session;
  return { accessKeyId, secretAccessKey, expiresAt, sessionToken: issued.token };
}
