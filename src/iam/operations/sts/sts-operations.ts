import { defaultDocument, findPolicy } from "../../directory/find-policy.ts";
import { parseIamArn, sessionArn } from "../../directory/iam-arns.ts";
import type { Tags } from "../../directory/records.ts";
import { userArn } from "../../../ports/caller.ts";
import { checkDocument } from "../check-document.ts";
import { IamError, iamErrors } from "../iam-error.ts";
import { tagKeys, tags } from "../iam-members.ts";
import { requestedTags } from "../iam/holders.ts";
import {
  type InputOf,
  list,
  optionalNumber,
  optionalText,
  required,
  structure,
} from "../members.ts";
import { type Answer, type IamCall, operation } from "../operation.ts";

const sessionName = {
  min: 2,
  max: 64,
  pattern: /^[\w+=,.@-]+$/,
  mustBe: "contain only alphanumeric characters and/or the following: +=,.@_-",
};
const policyReference = { arn: required(optionalText({ min: 20, max: 2_048 })) };

/** *Documented*: one hour. */
const usualSessionSeconds = 3_600;
/** *Documented*: role chaining limits a session to an hour. */
const chainedSessionSeconds = 3_600;
/** *Documented*: of the inline policy and the managed ones together. */
const mostPolicies = 10;

export const stsOperations = {
  GetCallerIdentity: operation({
    input: {},
    access: "nobody is asked",
    perform: (_input, _context, { caller }) => ({
      UserId: userIdOf({ caller }),
      Account: caller.accountId,
      Arn: userArn(caller),
    }),
  }),

  AssumeRole: operation({
    input: {
      RoleArn: required(optionalText({ min: 20, max: 2_048 })),
      RoleSessionName: required(optionalText(sessionName)),
      DurationSeconds: optionalNumber(900, 43_200),
      Policy: optionalText({ max: 2_048 }),
      PolicyArns: list(
        required<InputOf<typeof policyReference>>(structure(policyReference)),
        mostPolicies,
      ),
      Tags: tags,
      TransitiveTagKeys: tagKeys,
      ExternalId: optionalText({ min: 2, max: 1_224 }),
      SourceIdentity: optionalText(sessionName),
    },
    access(input) {
      const { RoleArn, RoleSessionName, ExternalId, SourceIdentity, Tags } = input;
      const conditions = {
        "sts:RoleSessionName": RoleSessionName,
        ...(ExternalId !== undefined && { "sts:ExternalId": ExternalId }),
        ...(SourceIdentity !== undefined && { "sts:SourceIdentity": SourceIdentity }),
        ...(input.TransitiveTagKeys.length > 0 && {
          "sts:TransitiveTagKeys": input.TransitiveTagKeys,
        }),
        ...requestedTags(Tags),
      };
      const besides = [
        ...(Object.keys(Tags).length > 0 ? ["sts:TagSession"] : []),
        ...(SourceIdentity !== undefined ? ["sts:SetSourceIdentity"] : []),
      ].map((action) => ({ action, resource: RoleArn, conditions }));
      return { resource: RoleArn, conditions, besides };
    },
    perform(input, { tokens, clock }, call) {
      const { RoleArn, RoleSessionName, SourceIdentity, ExternalId, TransitiveTagKeys } = input;
      const role = call.view.byArn("role", RoleArn);
      // Whoever may do everything is told so; others are refused before.
      if (role === undefined) {
        throw iamErrors.noSuch("role", parseIamArn(RoleArn)?.name ?? RoleArn);
      }
      const seconds =
        input.DurationSeconds ?? Math.min(usualSessionSeconds, role.maxSessionSeconds);
      checkDuration(seconds, role.maxSessionSeconds, call);
      const issuedAt = clock.now();
      const policies = sessionPolicies(input.Policy, input.PolicyArns, call);
      const issued = tokens.issue({
        roleArn: RoleArn,
        roleId: role.id,
        sessionName: RoleSessionName,
        issuedAt,
        expiresAt: issuedAt + seconds * 1_000,
        assumedBy: userArn(call.caller),
        ...(policies.length > 0 && { policies }),
        ...sessionTags(input.Tags),
        ...(TransitiveTagKeys.length > 0 && { transitiveTagKeys: TransitiveTagKeys }),
        ...(SourceIdentity !== undefined && { sourceIdentity: SourceIdentity }),
        ...(ExternalId !== undefined && { externalId: ExternalId }),
      });
      if (issued === undefined) {
        throw new IamError(
          "PackedPolicyTooLarge",
          "The session's policies and tags are too large for its token.",
        );
      }
      const { session, token } = issued;
      return {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: token,
          Expiration: new Date(session.expiresAt),
        },
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${RoleSessionName}`,
          Arn: sessionArn(call.view.account, role.name, RoleSessionName),
        },
        ...(SourceIdentity !== undefined && { SourceIdentity }),
      } satisfies Answer;
    },
  }),
};

function sessionTags(tagged: Tags) {
  return Object.keys(tagged).length > 0 ? { tags: tagged } : {};
}

function checkDuration(seconds: number, most: number, { caller }: IamCall): void {
  if (seconds > most) {
    throw iamErrors.invalid(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  if (caller.principal.type === "assumedRole" && seconds > chainedSessionSeconds) {
    throw iamErrors.invalid(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
}

/** The texts of the policies that bound the session. */
function sessionPolicies(
  inline: string | undefined,
  managed: readonly { readonly arn: string }[],
  { view }: IamCall,
): readonly string[] {
  if (inline !== undefined) checkDocument(inline, "session");
  const texts = managed.map(({ arn }) => {
    const policy = findPolicy(view, arn);
    if (policy === undefined)
      throw iamErrors.invalid(`PolicyArns ${arn} does not exist or is not attachable.`);
    return defaultDocument(policy);
  });
  return inline === undefined ? texts : [inline, ...texts];
}

/** *Documented*: what an id is for each kind of caller; *our choice* for those who have none. */
function userIdOf({ caller }: Pick<IamCall, "caller">): string {
  const { principal, accountId } = caller;
  switch (principal.type) {
    case "user":
      return principal.userId;
    case "assumedRole":
      return `${principal.roleId}:${principal.sessionName}`;
    case "accessKey":
      return principal.accessKeyId;
    default:
      return accountId;
  }
}
