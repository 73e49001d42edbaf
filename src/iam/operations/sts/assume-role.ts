import { defaultDocument, findPolicy } from "../../directory/find-policy.ts";
import { parseIamArn, sessionArn } from "../../directory/iam-arns.ts";
import type { RoleSession } from "../../directory/session-tokens.ts";
import { type Caller, userArn } from "../../../ports/caller.ts";
import { checkDocument } from "../check-document.ts";
import { iamErrors } from "../iam-error.ts";
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
import { inheritedTags, sessionTags } from "./session-tags.ts";
import { issuedCredentials } from "./issued-credentials.ts";

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

export const assumeRole = operation({
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
  access(input, { caller }) {
    const { RoleArn, RoleSessionName, ExternalId, Tags } = input;
    const sourceIdentity = sourceIdentityOf(input, caller);
    const conditions = {
      "sts:RoleSessionName": RoleSessionName,
      ...(ExternalId !== undefined && { "sts:ExternalId": ExternalId }),
      ...(sourceIdentity !== undefined && { "sts:SourceIdentity": sourceIdentity }),
      ...(input.TransitiveTagKeys.length > 0 && {
        "sts:TransitiveTagKeys": input.TransitiveTagKeys,
      }),
      ...requestedTags(Tags),
    };
    const besides = [
      // *Observed*: whoever hands on what he has inherited needs it too.
      ...(Object.keys({ ...inheritedTags(caller), ...Tags }).length > 0 ? ["sts:TagSession"] : []),
      ...(sourceIdentity !== undefined ? ["sts:SetSourceIdentity"] : []),
    ].map((action) => ({ action, resource: RoleArn, conditions }));
    return { resource: RoleArn, conditions, besides };
  },
  perform(input, { tokens, clock }, call) {
    const { RoleArn, RoleSessionName, ExternalId } = input;
    const role = call.view.byArn("role", RoleArn);
    // Whoever may do everything is told so; others are refused before.
    if (role === undefined) {
      throw iamErrors.noSuch("role", parseIamArn(RoleArn)?.name ?? RoleArn);
    }
    const seconds = input.DurationSeconds ?? Math.min(usualSessionSeconds, role.maxSessionSeconds);
    checkDuration(seconds, role.maxSessionSeconds, call);
    const issuedAt = clock.now();
    const policies = sessionPolicies(input.Policy, input.PolicyArns, call);
    const { tags, transitiveTagKeys } = sessionTags(
      { tags: input.Tags, transitiveTagKeys: input.TransitiveTagKeys },
      call.caller,
    );
    const sourceIdentity = sourceIdentityOf(input, call.caller);
    const credentials = issuedCredentials<RoleSession>(tokens, {
      roleArn: RoleArn,
      roleId: role.id,
      sessionName: RoleSessionName,
      issuedAt,
      expiresAt: issuedAt + seconds * 1_000,
      assumedBy: userArn(call.caller),
      ...(policies.length > 0 && { policies }),
      ...(Object.keys(tags).length > 0 && { tags }),
      ...(transitiveTagKeys.length > 0 && { transitiveTagKeys }),
      ...(sourceIdentity !== undefined && { sourceIdentity }),
      ...(ExternalId !== undefined && { externalId: ExternalId }),
    });
    return {
      Credentials: credentials,
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${RoleSessionName}`,
        Arn: sessionArn(call.view.account, role.name, RoleSessionName),
      },
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    } satisfies Answer;
  },
});

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

/** *Documented*: it stays the same from the session that it was set for to all that follow. */
function sourceIdentityOf(
  { SourceIdentity }: { readonly SourceIdentity: string | undefined },
  { principal }: Caller,
): string | undefined {
  const inherited = principal.type === "assumedRole" ? principal.sourceIdentity : undefined;
  if (inherited === undefined || SourceIdentity === undefined) return inherited ?? SourceIdentity;
  if (inherited === SourceIdentity) return inherited;
  throw iamErrors.accessDenied("The source identity of a session cannot be changed");
}
