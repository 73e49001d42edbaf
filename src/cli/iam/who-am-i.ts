import type { IamTask } from "./task.ts";

/** `stepwell iam whoami` */
export const whoAmI: IamTask = async ({ client }) => {
  const data = await client.call("sts", "GetCallerIdentity");
  const text = `${String(data["Arn"])}\naccount ${String(data["Account"])}, id ${String(data["UserId"])}, at ${client.endpoint}\n`;
  return { data, text };
};
