import { useState } from "react";
import { generatedPassword } from "../../../../src/iam/people/generated-password.ts";
import { server, ServerError } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Problem } from "../../parts/field.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { useChange, useIam } from "./iam-api.ts";

interface LoginProfile {
  readonly PasswordResetRequired: boolean;
}

/** Whether a user signs in to the console, and a password for the first time. */
export function UserPassword({ userName }: { readonly userName: string }) {
  const { access: text } = useText();
  const named = { UserName: userName };
  const [given, setGiven] = useState<string>();
  const query = useIam(["User", userName, "password"], () => readProfile(userName));
  const set = useChange(
    async (hasProfile: boolean) => {
      const password = generatedPassword();
      await server.iam(hasProfile ? "UpdateLoginProfile" : "CreateLoginProfile", {
        ...named,
        Password: password,
        PasswordResetRequired: true,
      });
      return password;
    },
    (password) => setGiven(password),
  );
  const remove = useChange(
    () => server.iam("DeleteLoginProfile", named),
    () => setGiven(undefined),
  );
  return (
    <Card title={text.password}>
      <Read query={query}>
        {(profile) => (
          <div className="flex flex-col gap-3">
            <p>
              {profile === null ? text.noPassword : text.hasPassword}
              {profile?.PasswordResetRequired === true && ` – ${text.mustChange}`}
            </p>
            {given !== undefined && (
              <>
                <p role="status" className="font-medium text-wait">
                  {text.passwordOnce}
                </p>
                <CodeBlock label={text.passwordLabel} code={given} />
              </>
            )}
            <Problem error={set.error ?? remove.error} />
            <div className="flex flex-wrap gap-2">
              <Button isDisabled={set.isPending} onPress={() => set.mutate(profile !== null)}>
                {text.setPassword}
              </Button>
              {profile !== null && (
                <Button look="danger" onPress={() => remove.mutate()}>
                  {text.removePassword}
                </Button>
              )}
            </div>
          </div>
        )}
      </Read>
    </Card>
  );
}

/** `null`: he has none. */
async function readProfile(UserName: string): Promise<LoginProfile | null> {
  try {
    const answer = await server.iam<{ readonly LoginProfile: LoginProfile }>("GetLoginProfile", {
      UserName,
    });
    return answer.LoginProfile;
  } catch (error) {
    if (error instanceof ServerError && error.code === "NoSuchEntity") return null;
    throw error;
  }
}
