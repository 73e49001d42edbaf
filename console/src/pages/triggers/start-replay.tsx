import { useState } from "react";
import type { ArchiveView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { serverNow } from "../../app/server-clock.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook } from "../../parts/field.tsx";
import { NameField } from "./name-field.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** *Documented*: names of replays. */
const nameForm = /^[.\-_A-Za-z0-9]{1,64}$/;

/** Our choice: what is proposed is the last hour. */
const proposedMs = 3_600_000;

/** Gives the events that an archive has of a time to the rules of its bus again. */
export function StartReplay({
  archive,
  onClose,
}: {
  readonly archive: ArchiveView;
  readonly onClose: () => void;
}) {
  const { triggers: words } = useAroundText();
  const [name, setName] = useState(() => `${archive.name}-${serverNow()}`.slice(0, 64));
  const [from, setFrom] = useState(() => localTime(serverNow() - proposedMs));
  const [to, setTo] = useState(() => localTime(serverNow()));
  const isInOrder = new Date(from).getTime() < new Date(to).getTime();
  const isNamed = nameForm.test(name);
  const canStart = isNamed && isInOrder;
  const start = useTriggerChange(
    () =>
      callService(
        "events",
        "StartReplay",
        {
          ReplayName: name,
          EventSourceArn: archive.arn,
          EventStartTime: new Date(from).getTime() / 1_000,
          EventEndTime: new Date(to).getTime() / 1_000,
          Destination: { Arn: archive.busArn },
        },
        regionOf(archive.arn),
      ),
    onClose,
  );
  const look = `${inputLook} h-8`;
  return (
    <Dialog isOpen title={words.archive.replayTitle(archive.name)} onClose={onClose}>
      <TriggerForm save={start} action={words.archive.start} canSave={canStart} onClose={onClose}>
        <NameField
          name={name}
          onChange={setName}
          isNew
          isNamed={isNamed}
          problem={words.rule.nameProblem}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={words.archive.from}>
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                step={1}
                value={from}
                className={look}
                onChange={({ target }) => setFrom(target.value)}
              />
            )}
          </Field>
          <Field label={words.archive.to} hint={isInOrder ? undefined : words.archive.wrongTime}>
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                step={1}
                value={to}
                className={look}
                onChange={({ target }) => setTo(target.value)}
              />
            )}
          </Field>
        </div>
      </TriggerForm>
    </Dialog>
  );
}

/** A time as a field of this browser's clock has it: `2027-01-31T09:00:00`. */
function localTime(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 19);
}
