import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { OutcomeView } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { RolloutWords, type Route } from "./rollout-words.tsx";
import { qualifierOf, type Alias } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";

/** Makes an alias, or changes where one leads. */
export function AliasDialog({
  stateMachineArn,
  versions,
  alias,
  outcomes,
  onClose,
}: {
  readonly stateMachineArn: string;
  /** Numbers of the versions that it may lead to, the newest first. */
  readonly versions: readonly string[];
  /** Absent: a new one. */
  readonly alias?: Alias | undefined;
  /** How each version did. */
  readonly outcomes?: readonly OutcomeView[] | undefined;
  readonly onClose: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const routes = alias?.routingConfiguration.map(({ stateMachineVersionArn, weight }) => ({
    version: qualifierOf(stateMachineVersionArn),
    weight,
  }));
  const [name, setName] = useState(alias?.name ?? "");
  const [description, setDescription] = useState(alias?.description ?? "");
  const [first, setFirst] = useState(routes?.[0]?.version ?? versions[0] ?? "");
  const [second, setSecond] = useState(routes?.[1]?.version ?? "");
  const [weight, setWeight] = useState(routes?.[0]?.weight ?? 100);
  const choices = [...new Set([...versions, ...(routes ?? []).map(({ version }) => version)])];
  const isSplit = second !== "" && second !== first;

  const after: readonly Route[] = isSplit
    ? [
        { version: first, weight },
        { version: second, weight: 100 - weight },
      ]
    : [{ version: first, weight: 100 }];

  const save = useMutation({
    mutationFn: () => {
      const routingConfiguration = after.map(({ version, weight: share }) => ({
        stateMachineVersionArn: `${stateMachineArn}:${version}`,
        weight: share,
      }));
      const region = regionOf(stateMachineArn);
      return alias === undefined
        ? server.call(
            "CreateStateMachineAlias",
            { name, routingConfiguration, ...(description !== "" && { description }) },
            region,
          )
        : server.call(
            "UpdateStateMachineAlias",
            {
              stateMachineAliasArn: alias.stateMachineAliasArn,
              routingConfiguration,
              description,
            },
            region,
          );
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
      onClose();
    },
  });

  return (
    <Dialog
      title={
        alias === undefined ? text.workflows.createAlias : text.workflows.editAlias(alias.name)
      }
      isOpen
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {alias === undefined && (
          <Field label={text.workflows.aliasName} hint={text.workflows.aliasNameHint}>
            {(ids) => (
              <input
                {...ids}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
                autoFocus
                required
                maxLength={80}
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
                className={`${inputLook} h-8`}
              />
            )}
          </Field>
        )}
        <Field label={text.workflows.descriptionOptional}>
          {(ids) => (
            <input
              {...ids}
              maxLength={256}
              autoComplete="off"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
              className={`${inputLook} h-8`}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={text.workflows.firstVersion}>
            {(ids) => (
              <select
                {...ids}
                value={first}
                onChange={(event) => setFirst(event.target.value)}
                className={`${inputLook} h-8`}
              >
                {choices.map((version) => (
                  <option key={version} value={version}>
                    {text.workflows.versionNumber(version)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={text.workflows.secondVersion}>
            {(ids) => (
              <select
                {...ids}
                value={isSplit ? second : ""}
                onChange={(event) => {
                  setSecond(event.target.value);
                  if (weight === 100 && event.target.value !== "") setWeight(90);
                }}
                className={`${inputLook} h-8`}
              >
                <option value="">{text.workflows.noSecond}</option>
                {choices
                  .filter((version) => version !== first)
                  .map((version) => (
                    <option key={version} value={version}>
                      {text.workflows.versionNumber(version)}
                    </option>
                  ))}
              </select>
            )}
          </Field>
        </div>
        {isSplit && <Weights first={first} second={second} weight={weight} onChange={setWeight} />}
        {first !== "" && (
          <RolloutWords alias={name} before={routes ?? []} after={after} outcomes={outcomes} />
        )}
        <Problem error={save.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button
            look="primary"
            type="submit"
            isDisabled={save.isPending || first === "" || (alias === undefined && name === "")}
          >
            {save.isPending ? text.workflows.saving : text.workflows.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** How starts are divided: by a slider, or by a number for either version. */
function Weights({
  first,
  second,
  weight,
  onChange,
}: {
  readonly first: string;
  readonly second: string;
  readonly weight: number;
  readonly onChange: (weight: number) => void;
}) {
  const text = useText();
  const change = (share: number) => {
    if (Number.isFinite(share)) onChange(Math.min(100, Math.max(0, Math.round(share))));
  };
  const number = (version: string, value: number, onNumber: (value: number) => void) => (
    <label className="flex items-center gap-2 text-[13px]">
      {text.workflows.versionNumber(version)}
      <input
        type="number"
        aria-label={text.workflows.weightNumber(version)}
        min={0}
        max={100}
        value={value}
        onChange={(event) => onNumber(event.target.valueAsNumber)}
        className={`${inputLook} h-8 w-18! text-right tabular-nums`}
      />
      <span aria-hidden className="text-dim">
        %
      </span>
    </label>
  );
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 text-xs text-dim">{text.workflows.routing}</legend>
      <input
        type="range"
        aria-label={text.workflows.weight(first)}
        min={0}
        max={100}
        value={weight}
        onChange={(event) => change(event.target.valueAsNumber)}
        className="h-6 w-full accent-accent"
      />
      <div className="mt-2 flex flex-wrap justify-between gap-3">
        {number(first, weight, change)}
        {number(second, 100 - weight, (share) => change(100 - share))}
      </div>
    </fieldset>
  );
}
