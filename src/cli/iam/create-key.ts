import { type ShownStructure, textIn } from "./iam-client.ts";
import type { IamTask } from "./task.ts";

/** `stepwell iam create-key USER`: its text is lines for a shell, which make this server the endpoint of every service. */
export const createKey: IamTask = async ({ client, given: [name = ""] }) => {
  const data = await client.call("iam", "CreateAccessKey", { UserName: name });
  const key = data["AccessKey"] as ShownStructure;
  const text =
    `# A key of ${name}. The secret is shown this once:\n` +
    `export AWS_ACCESS_KEY_ID=${textIn(key, "AccessKeyId")}\n` +
    `export AWS_SECRET_ACCESS_KEY=${textIn(key, "SecretAccessKey")}\n` +
    `export AWS_ENDPOINT_URL=${client.endpoint}\n`;
  return { data, text };
};
