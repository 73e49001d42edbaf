import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { NewPassword } from "./new-password.tsx";
import { PasswordField } from "./password-field.tsx";

/** Another password for whoever is signed in with one. */
export function ChangePassword({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { signIn: text } = useText();
  return (
    <Dialog title={text.change} isOpen={isOpen} onClose={onClose} width="max-w-sm">
      <ChangeForm />
    </Dialog>
  );
}

function ChangeForm() {
  const { signIn: text } = useText();
  const [password, setPassword] = useState("");
  const change = useMutation({
    mutationFn: (chosen: string) => server.signIn.changePassword(password, chosen),
  });
  if (change.isSuccess) return <p role="status">{text.changed}</p>;
  return (
    <div className="flex flex-col gap-4">
      <PasswordField
        label={text.oldPassword}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <NewPassword
        isPending={change.isPending}
        error={change.error}
        onChosen={(chosen) => change.mutate(chosen)}
      />
    </div>
  );
}
