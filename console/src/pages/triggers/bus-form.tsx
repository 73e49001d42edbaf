import { useState } from "react";
import type { BusView } from "../../../../src/console/view-types.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { NameField } from "./name-field.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** *Documented*: names of buses; those of partners have a slash. */
const nameForm = /^[.\-_A-Za-z0-9]{1,256}$/;

/** Makes an event bus, or changes what is said of one. */
export function BusForm({
  bus,
  onClose,
}: {
  /** What is changed; absent: a new one is made. */
  readonly bus?: BusView;
  readonly onClose: () => void;
}) {
  const { triggers: words } = useAroundText();
  const { bus: text } = words;
  const [name, setName] = useState(bus?.name ?? "");
  const [description, setDescription] = useState(bus?.description ?? "");
  const isNew = bus === undefined;
  const isNamed = nameForm.test(name);
  const save = useTriggerChange(
    () =>
      callService(
        "events",
        isNew ? "CreateEventBus" : "UpdateEventBus",
        { Name: name, Description: description },
        bus?.region,
      ),
    onClose,
  );
  return (
    <Dialog isOpen title={isNew ? text.create : text.edit(name)} onClose={onClose}>
      <TriggerForm
        save={save}
        action={isNew ? text.create : words.save}
        canSave={isNamed}
        onClose={onClose}
      >
        <NameField
          name={name}
          onChange={setName}
          isNew={isNew}
          isNamed={isNamed}
          problem={text.nameProblem}
        />
        <TextField label={words.description} value={description} onChange={setDescription} />
      </TriggerForm>
    </Dialog>
  );
}
