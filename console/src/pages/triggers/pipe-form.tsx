import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PipeView } from "../../../../src/console/view-types.ts";
import { kindOfSource } from "../../../../src/triggers/pipes/pipe-arns.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Check } from "../../parts/check.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Segments } from "../../parts/segments.tsx";
import { TextField } from "../../parts/text-field.tsx";
import { NameField } from "./name-field.tsx";
import {
  changeable,
  createPipe,
  fieldsOfSource,
  type GivenPipe,
  givenOf,
  isNumberField,
  readPipe,
  type StoredPipe,
  updatePipe,
} from "./pipe-calls.ts";
import { PipeSteps } from "./pipe-steps.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { useWorkflowChoices } from "./use-workflow-choices.ts";
import { TriggerForm } from "./trigger-form.tsx";

/** *Documented*: names of pipes. */
const nameForm = /^[.\-_A-Za-z0-9]{1,64}$/;

interface PipeFormProps {
  /** What is changed; absent: a new one is made. */
  readonly pipe?: PipeView;
  readonly onClose: () => void;
}

/** Makes a pipe, or changes one; what becomes of an event is shown meanwhile. */
export function PipeForm({ pipe, onClose }: PipeFormProps) {
  const { pipe: text } = useAroundText().triggers;
  return (
    <Dialog
      isOpen
      title={pipe === undefined ? text.create : text.edit(pipe.name)}
      onClose={onClose}
      width="max-w-4xl"
    >
      {pipe === undefined ? (
        <NewPipe onClose={onClose} />
      ) : (
        <Stored pipe={pipe} onClose={onClose} />
      )}
    </Dialog>
  );
}

function NewPipe({ onClose }: Pick<PipeFormProps, "onClose">) {
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  return (
    <Read query={session}>
      {({ region, accountId }) => (
        <Form
          stored={undefined}
          given={{
            name: "",
            description: "",
            source: `arn:aws:sqs:${region}:${accountId}:orders`,
            batchSize: "1",
            windowSeconds: "",
            prefix: "",
            idColumn: "",
            doneColumn: "",
            channel: "",
            patterns: [],
            enrichment: "",
            target: "",
            waits: false,
            template: "",
            roleArn: `arn:aws:iam::${accountId}:role/pipe`,
            isOn: true,
          }}
          onClose={onClose}
        />
      )}
    </Read>
  );
}

function Stored({ pipe, onClose }: { readonly pipe: PipeView; readonly onClose: () => void }) {
  // What is typed must not change under the hands, so it is read once.
  const query = useQuery({
    queryKey: [...keys.triggersOf("pipes"), pipe.arn],
    queryFn: () => readPipe(pipe),
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <Read query={query}>
      {(stored) => <Form stored={stored} given={givenOf(stored)} onClose={onClose} />}
    </Read>
  );
}

function Form({
  stored,
  given: begun,
  onClose,
}: {
  readonly stored: StoredPipe | undefined;
  readonly given: GivenPipe;
  readonly onClose: () => void;
}) {
  const { triggers: words } = useAroundText();
  const { pipe: text } = words;
  const workflows = useWorkflowChoices();
  const [given, setGiven] = useState(begun);
  const put = (changes: Partial<GivenPipe>) => setGiven({ ...given, ...changes });
  const isNew = stored === undefined;
  const isNamed = nameForm.test(given.name);
  const isSource = kindOfSource(given.source) !== undefined;
  const fields = fieldsOfSource(given.source);
  const isNumber = (value: string): boolean => /^\d{0,5}$/.test(value);
  const areNumbers = fields.every((field) => !isNumberField(field) || isNumber(given[field]));
  const [, , service] = given.target.split(":");
  const canSave = isNamed && isSource && areNumbers && given.target !== "" && given.roleArn !== "";
  const save = useTriggerChange(
    () => (isNew ? createPipe(given) : updatePipe(given, stored)),
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
          name={given.name}
          onChange={(name) => put({ name })}
          isNew={isNew}
          isNamed={isNamed}
          problem={text.nameProblem}
        />
        <TextField
          label={words.description}
          value={given.description}
          onChange={(description) => put({ description })}
        />
      </div>
      <TextField
        label={text.source}
        hint={isSource ? text.sourceHint : text.noSource}
        isCode
        isWrong={!isSource}
        isDisabled={!isNew}
        value={given.source}
        onChange={(source) => put({ source })}
      />
      {fields.length > 0 && (
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map((field) => (
            <TextField
              key={field}
              label={text.fields[field]}
              hint={text.fieldHints[field]}
              type={isNumberField(field) ? "number" : "text"}
              min={field === "batchSize" ? 1 : 0}
              isWrong={isNumberField(field) && !isNumber(given[field])}
              value={given[field]}
              onChange={(value) => put({ [field]: value })}
            />
          ))}
        </div>
      )}
      <TextField
        label={words.target}
        hint={words.targetHint}
        isCode
        options={workflows}
        placeholder={workflows[0]?.value}
        value={given.target}
        onChange={(target) => put({ target })}
      />
      {(service === "states" || service === "lambda") && (
        <div>
          <p className="mb-1 text-[13px] font-medium">{text.calling}</p>
          <Segments
            label={text.calling}
            options={[
              { id: "goesOn", label: text.goesOn },
              { id: "waits", label: text.waits },
            ]}
            selected={given.waits ? "waits" : "goesOn"}
            onSelect={(id) => put({ waits: id === "waits" })}
          />
          <p className="mt-1 text-xs text-dim">{given.waits ? text.waitsHint : text.goesOnHint}</p>
        </div>
      )}
      <TextField
        label={words.role}
        hint={words.roleHint("pipes.amazonaws.com")}
        isCode
        value={given.roleArn}
        onChange={(roleArn) => put({ roleArn })}
      />
      <PipeSteps
        given={given}
        onChange={put}
        pipe={{
          Arn: stored?.Arn ?? "",
          Name: given.name,
          DesiredState: "RUNNING",
          Source: given.source,
          Tags: {},
          CreationTime: 0,
          LastModifiedTime: 0,
          ...changeable(given, stored),
          Target: given.target,
        }}
      />
      {isNew && (
        <Check label={text.runsAtOnce} isOn={given.isOn} onChange={(isOn) => put({ isOn })} />
      )}
    </TriggerForm>
  );
}
