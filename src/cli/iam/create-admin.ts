import { generatedPassword } from "../../iam/people/generated-password.ts";
import { createUser } from "./create-user.ts";
import { IamRefusal } from "./iam-client.ts";
import type { IamTask } from "./task.ts";

/** `stepwell iam create-admin NAME`: a user who may do everything and signs in to the console, for the start. */
export const createAdmin: IamTask = async (request) => {
  const {
    client,
    given: [name = ""],
  } = request;
  // One that is there may have lost his password: then he gets another.
  const made = await createUser({ ...request, options: { admin: true } }).catch(
    (error: unknown) => {
      if (error instanceof IamRefusal && error.code === "EntityAlreadyExists") return undefined;
      throw error;
    },
  );
  const password = generatedPassword();
  const profile = { UserName: name, Password: password, PasswordResetRequired: "true" };
  const operation =
    made === undefined && (await hasPassword()) ? "UpdateLoginProfile" : "CreateLoginProfile";
  await client.call("iam", operation, profile);
  const who =
    made === undefined
      ? `${name} was there, and may what he did before. He has another password`
      : `Made the user ${name}, who may do everything`;
  return {
    data: { UserName: name, Password: password },
    text: `${who}. Sign in to the console with it, and choose another:\n\n  ${password}\n\nIt is shown this once.\n`,
  };

  async function hasPassword(): Promise<boolean> {
    try {
      await client.call("iam", "GetLoginProfile", { UserName: name });
      return true;
    } catch (error) {
      if (error instanceof IamRefusal && error.code === "NoSuchEntity") return false;
      throw error;
    }
  }
};
