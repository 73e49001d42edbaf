import { type IamClient, IamRefusal } from "./iam-client.ts";
import type { IamTask } from "./task.ts";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

/** `stepwell iam create-user NAME` */
export const createUser: IamTask = async ({ client, given: [name = ""], options }) => {
  const data = await client.call("iam", "CreateUser", { UserName: name });
  if (options.admin === true) {
    await client.call("iam", "AttachUserPolicy", { UserName: name, PolicyArn: administrator });
  }
  for (const group of options.group ?? []) {
    await makeGroup(client, group);
    await client.call("iam", "AddUserToGroup", { UserName: name, GroupName: group });
  }
  const may =
    options.admin === true
      ? ", who may do everything"
      : options.group === undefined
        ? ", who may do nothing yet: attach a policy or name a group"
        : ` in ${options.group.join(", ")}`;
  const next = `Make a key with: stepwell iam create-key ${name}\n`;
  return { data, text: `Made the user ${name}${may}.\n${next}` };
};

async function makeGroup(client: IamClient, name: string): Promise<void> {
  try {
    await client.call("iam", "CreateGroup", { GroupName: name });
  } catch (error) {
    if (!(error instanceof IamRefusal) || error.code !== "EntityAlreadyExists") throw error;
  }
}
