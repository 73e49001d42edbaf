import type { ActionMember } from "../../../../../../src/console/view-types.ts";

/** What a member may be beside its type. */
export interface KnownMember extends Omit<ActionMember, "members"> {
  readonly members?: readonly KnownMember[];
  /** What it is called on the page, if not by its name. */
  readonly label?: string;
  /** Lines of its text, if not as many as it has. */
  readonly rows?: number;
}

/**
 * What the descriptions of integrations leave open and the documentation says, by action. *Documented*: HTTP Tasks (Authentication,
 * InvocationConfig, Transform); Lambda Invoke.
 */
const told: Readonly<Record<string, Readonly<Record<string, Partial<KnownMember>>>>> = {
  "http:invoke": {
    Method: { options: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"] },
    Authentication: { members: [connection()] },
    InvocationConfig: { members: [connection()] },
    Transform: {
      members: [
        { ...text("RequestBodyEncoding"), options: ["NONE", "URL_ENCODED"] },
        {
          ...text("RequestEncodingOptions"),
          type: "object",
          members: [
            {
              ...text("ArrayFormat"),
              options: ["INDICES", "REPEAT", "COMMAS", "BRACKETS", "NONE"],
            },
          ],
        },
      ],
    },
  },
  "apigateway:invoke": {
    Method: { options: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"] },
    AuthType: { options: ["NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY"] },
  },
  "lambda:invoke": {
    InvocationType: { options: ["RequestResponse", "Event", "DryRun"] },
    LogType: { options: ["None", "Tail"] },
  },
};

function text(name: string): KnownMember {
  return { name, type: "string", isRequired: false };
}

function connection(): KnownMember {
  return { ...text("ConnectionArn"), isRequired: true, picks: "connection" };
}

/** The members of an action with what is known of them beside. */
export function knownMembers(id: string, members: readonly ActionMember[]): readonly KnownMember[] {
  const more = told[id];
  return more === undefined
    ? members
    : members.map((member) => ({ ...member, ...more[member.name] }));
}
