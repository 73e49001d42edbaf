import type { Iam } from "../../../iam/create-iam.ts";
import type { ConsoleSignIn } from "./browser-requests.ts";
import { peopleApi } from "./people-api.ts";
import { SignIn, type SignInOptions } from "./sign-in.ts";

/** How browsers sign in to the console of a server. */
export function openSignIn({
  iam,
  ...options
}: Omit<SignInOptions, "people"> & {
  readonly iam: Pick<Iam, "people" | "authorizer">;
}): ConsoleSignIn {
  const { people, authorizer } = iam;
  const pages = new SignIn({ ...options, people });
  return { pages, api: peopleApi({ people, signIn: pages, authorizer, clock: options.clock }) };
}
