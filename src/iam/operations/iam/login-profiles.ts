import type { LoginProfile, UserRecord } from "../../directory/records.ts";
import { longestPassword, passwordProblem } from "../../people/password-rules.ts";
import { TooManyPasswords } from "../../people/passwords.ts";
import { IamError, iamErrors } from "../iam-error.ts";
import { userName } from "../iam-members.ts";
import { flag, optionalText, required } from "../members.ts";
import { type Answer, type IamContext, operation } from "../operation.ts";
import { changeHolder, holderOf, onHolder } from "./holders.ts";
import { userOrCaller } from "./users.ts";

const password = optionalText({ max: longestPassword });

/** How users sign in to the console: with a password each, or not at all. */
export const loginProfileOperations = {
  CreateLoginProfile: operation({
    input: { UserName: userName, Password: required(password), PasswordResetRequired: flag },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    async perform({ UserName, Password, PasswordResetRequired = false }, context, call) {
      const name = userOrCaller(UserName, call);
      const { loginProfile } = holderOf(call.view, "user", name);
      if (loginProfile !== undefined) throw iamErrors.loginProfileExists(name);
      const profile = await profileOf(context, name, Password, PasswordResetRequired);
      await changeHolder(context, "user", name, (user) => {
        if (user.loginProfile !== undefined) throw iamErrors.loginProfileExists(name);
        return { ...user, loginProfile: profile };
      });
      return { LoginProfile: shownProfile(name, profile) };
    },
  }),

  GetLoginProfile: operation({
    input: { UserName: userName },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    perform({ UserName }, _, call) {
      const { name, loginProfile } = holderOf(call.view, "user", userOrCaller(UserName, call));
      if (loginProfile === undefined) throw iamErrors.noLoginProfile(name);
      return { LoginProfile: shownProfile(name, loginProfile) };
    },
  }),

  UpdateLoginProfile: operation({
    input: { UserName: required(userName), Password: password, PasswordResetRequired: flag },
    access: ({ UserName }, { view }) => onHolder(view, "user", UserName),
    async perform({ UserName, Password, PasswordResetRequired }, context, { view }) {
      loginProfileOf(holderOf(view, "user", UserName));
      const changed =
        Password === undefined
          ? {}
          : await profileOf(context, UserName, Password, PasswordResetRequired ?? false);
      await changeHolder(context, "user", UserName, (user) => {
        const { createdAt, ...present } = loginProfileOf(user);
        const passwordResetRequired = PasswordResetRequired ?? present.passwordResetRequired;
        return {
          ...user,
          loginProfile: { ...present, ...changed, createdAt, passwordResetRequired },
        };
      });
      return {};
    },
  }),

  DeleteLoginProfile: operation({
    input: { UserName: userName },
    access: ({ UserName }, call) => onHolder(call.view, "user", userOrCaller(UserName, call)),
    async perform({ UserName }, context, call) {
      await changeHolder(context, "user", userOrCaller(UserName, call), (user) => {
        loginProfileOf(user);
        const { loginProfile: _, ...others } = user;
        return others;
      });
      return {};
    },
  }),

  /** Of whoever calls. */
  ChangePassword: operation({
    input: { OldPassword: required(password), NewPassword: required(password) },
    access: (_, { caller: { principal } }) => ({
      resource: principal.type === "user" ? principal.userArn : "*",
    }),
    async perform({ OldPassword, NewPassword }, context, call) {
      const user = holderOf(call.view, "user", userOrCaller(undefined, call));
      await changePassword(context, user, OldPassword, NewPassword);
      return {};
    },
  }),
};

/** Gives a user another password, if the one that he names is his. Throws IAM's errors. */
export async function changePassword(
  context: Pick<IamContext, "directory" | "passwords" | "clock">,
  user: UserRecord,
  oldPassword: string,
  newPassword: string,
): Promise<void> {
  const { passwordHash } = loginProfileOf(user);
  if (!(await bounded(context.passwords.isRight(oldPassword, passwordHash)))) {
    throw iamErrors.accessDenied("The old password is not right.");
  }
  if (oldPassword === newPassword) {
    throw iamErrors.passwordPolicy("Password should not be the one that it replaces");
  }
  const profile = await profileOf(context, user.name, newPassword, false);
  await changeHolder(context, "user", user.name, (present) => {
    const { passwordHash: hash, createdAt } = loginProfileOf(present);
    // Somebody has set another one meanwhile: it is not this one that was to be replaced.
    if (hash !== passwordHash) throw iamErrors.raced();
    return { ...present, loginProfile: { ...profile, createdAt } };
  });
}

function loginProfileOf({ name, loginProfile }: UserRecord): LoginProfile {
  if (loginProfile === undefined) throw iamErrors.noLoginProfile(name);
  return loginProfile;
}

async function profileOf(
  { passwords, clock }: Pick<IamContext, "passwords" | "clock">,
  name: string,
  text: string,
  passwordResetRequired: boolean,
): Promise<LoginProfile> {
  const problem = passwordProblem(text, name);
  if (problem !== undefined) throw iamErrors.passwordPolicy(problem);
  const at = clock.now();
  const passwordHash = await bounded(passwords.hash(text));
  return { passwordHash, createdAt: at, passwordSetAt: at, passwordResetRequired };
}

async function bounded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooManyPasswords) throw new IamError("Throttling", "Rate exceeded");
    throw error;
  }
}

function shownProfile(name: string, profile: LoginProfile): Answer {
  return {
    UserName: name,
    CreateDate: new Date(profile.createdAt),
    PasswordResetRequired: profile.passwordResetRequired,
  };
}
