import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { activitiesKey } from "./activities-api.ts";
import { inputLook, Labelled } from "../approvals/form/field.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Trouble } from "./trouble.tsx";

/** Documented: what the name of an activity may be. */
const longestName = 80;
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

export function CreateActivity({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { activities: text } = useText();
  return (
    <Dialog title={text.createTitle} isOpen={isOpen} onClose={onClose}>
      <CreateForm onClose={onClose} />
    </Dialog>
  );
}

function CreateForm({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const client = useQueryClient();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const [name, setName] = useState("");
  const isWrong = forbidden.test(name) || name.length > longestName;
  const create = useMutation({
    mutationFn: () => server.call("CreateActivity", { name }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: activitiesKey });
      onClose();
    },
  });
  const { endpoint = "", region = "" } = session.data ?? {};
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "" && !isWrong) create.mutate();
      }}
    >
      <Labelled
        label={text.activities.name}
        description={text.activities.nameHint}
        problem={isWrong ? text.activities.nameProblem : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog moves the focus anyway; this is where it is wanted
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={name}
            className={`${inputLook} font-mono`}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Labelled>
      <CodeBlock
        label={text.activities.cliCreate}
        code={`aws stepfunctions --endpoint-url ${endpoint} --region ${region} \\\n  create-activity --name ${name === "" || isWrong ? "NAME" : name}`}
      />
      {create.isError && <Trouble title={text.activities.notCreated} error={create.error} />}
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button
          type="submit"
          look="primary"
          isDisabled={name === "" || isWrong || create.isPending}
        >
          {create.isPending ? text.activities.creating : text.activities.create}
        </Button>
      </div>
    </form>
  );
}
