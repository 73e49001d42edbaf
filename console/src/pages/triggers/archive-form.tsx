import { useState } from "react";
import type { ArchiveView, BusView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Check } from "../../parts/check.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Loading } from "../../parts/layout.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { BusChoice } from "./bus-choice.tsx";
import { examplePattern, tryPattern } from "./event-pattern.ts";
import { NameField } from "./name-field.tsx";
import { PatternTester } from "./pattern-tester.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { useTriggers } from "./use-triggers.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** *Documented*: names of archives. */
const nameForm = /^[.\-_A-Za-z0-9]{1,48}$/;

interface ArchiveFormProps {
  /** What is changed; absent: a new one is made. */
  readonly archive?: ArchiveView;
  readonly onClose: () => void;
}

/** Makes an archive of a bus, or changes one; what it keeps is tried with an event meanwhile. */
export function ArchiveForm(props: ArchiveFormProps) {
  const { archive: text } = useAroundText().triggers;
  const { archive, onClose } = props;
  const rules = useTriggers("rules");
  return (
    <Dialog
      isOpen
      title={archive === undefined ? text.create : text.edit(archive.name)}
      onClose={onClose}
      width="max-w-4xl"
    >
      {rules.isPending ? <Loading /> : <Form {...props} buses={rules.data?.buses ?? []} />}
    </Dialog>
  );
}

function Form({
  archive,
  buses,
  onClose,
}: ArchiveFormProps & { readonly buses: readonly BusView[] }) {
  const { triggers: words } = useAroundText();
  const { archive: text } = words;
  const [name, setName] = useState(archive?.name ?? "");
  const [busArn, setBusArn] = useState(archive?.busArn ?? buses[0]?.arn ?? "");
  const [description, setDescription] = useState(archive?.description ?? "");
  const [days, setDays] = useState(String(archive?.retentionDays || ""));
  const [isPicky, setPicky] = useState(archive?.pattern !== undefined);
  const [pattern, setPattern] = useState(archive?.pattern ?? examplePattern);
  const isNew = archive === undefined;
  const isNamed = nameForm.test(name);
  const areDays = days === "" || /^\d{1,5}$/.test(days);
  const canSave =
    isNamed &&
    areDays &&
    busArn !== "" &&
    (!isPicky || tryPattern(pattern, "{}").type !== "invalid");
  const save = useTriggerChange(
    () =>
      callService(
        "events",
        isNew ? "CreateArchive" : "UpdateArchive",
        {
          ArchiveName: name,
          ...(isNew && { EventSourceArn: busArn }),
          Description: description,
          RetentionDays: Number(days),
          ...(isPicky && { EventPattern: pattern }),
        },
        regionOf(archive?.arn ?? busArn),
      ),
    onClose,
  );
  return (
    <TriggerForm
      save={save}
      action={isNew ? text.create : words.save}
      canSave={canSave}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField
          name={name}
          onChange={setName}
          isNew={isNew}
          isNamed={isNamed}
          problem={text.nameProblem}
        />
        <BusChoice buses={buses} arn={busArn} onChange={setBusArn} isDisabled={!isNew} />
        <TextField
          label={text.days}
          hint={text.daysHint}
          type="number"
          min={1}
          value={days}
          isWrong={!areDays}
          onChange={setDays}
        />
        <TextField label={words.description} value={description} onChange={setDescription} />
      </div>
      {/* AWS's operation has no way to take a pattern away again. */}
      {archive?.pattern === undefined && (
        <Check label={text.isPicky} isOn={isPicky} onChange={setPicky} />
      )}
      {isPicky && <PatternTester pattern={pattern} onPattern={setPattern} />}
    </TriggerForm>
  );
}
