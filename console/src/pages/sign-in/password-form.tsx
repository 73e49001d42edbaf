import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { server, ServerError } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { useProblemText } from "./problem-text.ts";
import { NewPassword } from "./new-password.tsx";
import { PasswordField } from "./password-field.tsx";

/** A name and a password; who has to choose another one does so before he is let in. */
export function PasswordForm({ onDone }: { readonly onDone: () => void }) {
  const { signIn: text } = useText();
  const problemText = useProblemText();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: (newPassword: string | undefined) =>
      server.signIn.withPassword({
        name,
        password,
        ...(newPassword !== undefined && { newPassword }),
      }),
    onSuccess: onDone,
  });
  const code = enter.error instanceof ServerError ? enter.error.code : undefined;
  const isReset = code === "PasswordResetRequired" || enter.variables !== undefined;
  if (isReset) {
    return (
      <div className="flex flex-col gap-4">
        <p className="font-medium">{text.newTitle}</p>
        <p className="text-dim">{text.newHint}</p>
        <NewPassword
          isPending={enter.isPending}
          error={code === "PasswordResetRequired" ? null : enter.error}
          onChosen={(chosen) => enter.mutate(chosen)}
        />
      </div>
    );
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "" && password !== "") enter.mutate(undefined);
      }}
    >
      <Field label={text.name}>
        {(ids) => (
          <input
            {...ids}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            value={name}
            className={`${inputLook} h-9`}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <PasswordField
        label={text.password}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      {enter.isError && <Problem error={problemText(enter.error)} />}
      <Button
        type="submit"
        look="primary"
        className="h-9!"
        isDisabled={name === "" || password === "" || enter.isPending}
      >
        {enter.isPending ? text.submitting : text.submit}
      </Button>
    </form>
  );
}
