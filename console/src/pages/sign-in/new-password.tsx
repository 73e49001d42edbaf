import { useState } from "react";
import { shortestPassword } from "../../../../src/iam/people/password-rules.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { PasswordField } from "./password-field.tsx";
import { useProblemText } from "./problem-text.ts";

/** Another password, typed twice. */
export function NewPassword({
  isPending,
  error,
  onChosen,
}: {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onChosen: (password: string) => void;
}) {
  const { signIn: text } = useText();
  const problemText = useProblemText();
  const [chosen, setChosen] = useState("");
  const [again, setAgain] = useState("");
  const isSame = chosen === again;
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSame && chosen.length >= shortestPassword) onChosen(chosen);
      }}
    >
      <PasswordField
        label={text.newPassword}
        hint={text.newPasswordRule(String(shortestPassword))}
        autoComplete="new-password"
        value={chosen}
        onChange={setChosen}
      />
      <PasswordField
        label={text.repeat}
        hint={again !== "" && !isSame ? text.notSame : undefined}
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
      />
      {error !== null && <Problem error={problemText(error)} />}
      <Button
        type="submit"
        look="primary"
        className="h-9!"
        isDisabled={!isSame || chosen.length < shortestPassword || isPending}
      >
        {isPending ? text.changing : text.change}
      </Button>
    </form>
  );
}
