import type { Iam } from "../iam/create-iam.ts";
import type { DeployedFunctionsOptions } from "../integrations/functions/deployed/deployed-functions.ts";

/** Where nobody is asked who he is, something has to be signed with: the AWS SDK calls nobody without it. */
const unverified = { accessKeyId: "local", secretAccessKey: "local" };

/** *Documented*: Lambda's name among those who may be trusted. */
const lambdaService = "lambda.amazonaws.com";

/**
 * What deployed functions sign with: a session of their role, which has to trust Lambda. Where access is open it is a key that nobody
 * verifies.
 */
export function functionCredentials(
  iam: Pick<Iam, "isEnforced" | "serviceSession">,
): DeployedFunctionsOptions["credentials"] {
  if (!iam.isEnforced) return () => Promise.resolve(unverified);
  return ({ roleArn, functionArn, functionName }) =>
    iam.serviceSession({
      service: lambdaService,
      sourceArn: functionArn,
      roleArn,
      sessionName: functionName,
    });
}
