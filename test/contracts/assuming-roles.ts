import type { AssumedRoles } from "../../src/integrations/aws/assumed-roles.ts";

/** A role that may not be assumed. */
export const nobodysRoleArn = "arn:aws:iam::210987654321:role/nobody";

/** Credentials that say whose they are: the session token is the role's ARN. */
export const assumingRoles: AssumedRoles = {
  assume({ chain }) {
    const roleArn = chain.at(-1) ?? "";
    return Promise.resolve(
      roleArn === nobodysRoleArn
        ? { type: "notAssumed", cause: `no ${roleArn}` }
        : {
            type: "assumed",
            credentials: {
              accessKeyId: "ASIAROLEOFTHETASK",
              secretAccessKey: "the-role-secret",
              sessionToken: roleArn,
            },
          },
    );
  },
};
