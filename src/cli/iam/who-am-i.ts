import { textIn } from "./iam-client.ts";
import type { IamTask } from "./task.ts";

/** `stepwell iam whoami` */
export const whoAmI: IamTask = async ({ client }) => {
  const data = await client.call("sts", "GetCallerIdentity");
  const text = `${textIn(data, "Arn")}\naccount ${textIn(data, "Account")}, id ${textIn(data, "UserId")}, at ${client.endpoint}\n`;
  return { data, text };
};
