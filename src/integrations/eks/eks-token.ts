import { type AwsCredentials, presignedUrl } from "../aws/signature.ts";

/** *Documented*: aws-iam-authenticator, API Authorization from Outside a Cluster; the time is what it and the AWS CLI take. */
const prefix = "k8s-aws-v1.";
const seconds = 60;

/**
 * What a cluster of EKS knows a role by: a request to STS, signed, which the cluster sends to find out whose it is.
 */
export async function eksToken(
  clusterName: string,
  scope: {
    readonly region: string;
    readonly credentials: AwsCredentials;
    readonly at: number;
  },
): Promise<string> {
  const domain = scope.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const url = await presignedUrl(
    {
      method: "GET",
      url: new URL(
        `https://sts.${scope.region}.${domain}/?Action=GetCallerIdentity&Version=2011-06-15`,
      ),
      headers: { "x-k8s-aws-id": clusterName },
    },
    { ...scope, service: "sts" },
    seconds,
  );
  return `${prefix}${Buffer.from(url.href).toString("base64url")}`;
}
