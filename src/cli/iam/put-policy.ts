import { parse } from "node:path";
import { type IamClient, type ShownStructure, textIn } from "./iam-client.ts";
import { jsonFile } from "./json-file.ts";
import type { IamTask } from "./task.ts";

/** *Documented*: a policy has five versions at most. */
const mostVersions = 5;

/** `stepwell iam policy put FILE` */
export const putPolicy: IamTask = async ({ client, given: [file = ""], options }) => {
  const document = jsonFile(file);
  const name = options.name ?? parse(file).name;
  const own = await client.list("ListPolicies", "Policies", { Scope: "Local" });
  const present = own.find(({ PolicyName }) => PolicyName === name);
  if (present === undefined) {
    const data = await client.call("iam", "CreatePolicy", {
      PolicyName: name,
      PolicyDocument: document,
    });
    return { data, text: `Made the policy ${textIn(data["Policy"] as ShownStructure, "Arn")}\n` };
  }
  const arn = textIn(present, "Arn");
  await makeRoom(client, arn);
  const data = await client.call("iam", "CreatePolicyVersion", {
    PolicyArn: arn,
    PolicyDocument: document,
    SetAsDefault: "true",
  });
  const versionId = textIn(data["PolicyVersion"] as ShownStructure, "VersionId");
  return { data, text: `${arn} is now as the file has it (${versionId}).\n` };
};

/** Removes the oldest version that does not count, where there are as many as there may be. */
async function makeRoom(client: IamClient, arn: string): Promise<void> {
  const versions = await client.list("ListPolicyVersions", "Versions", { PolicyArn: arn });
  if (versions.length < mostVersions) return;
  const oldest = versions.findLast(({ IsDefaultVersion }) => IsDefaultVersion !== true);
  if (oldest === undefined) return;
  await client.call("iam", "DeletePolicyVersion", {
    PolicyArn: arn,
    VersionId: textIn(oldest, "VersionId"),
  });
}
