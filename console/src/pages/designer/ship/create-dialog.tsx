import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useSyncExternalStore } from "react";
import { designerTry } from "../../../api/designer-try.ts";
import { server } from "../../../api/client.ts";
import { keys } from "../../../api/keys.ts";
import { useShortcuts } from "../../../app/keys.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Problem } from "../../../parts/field.tsx";
import { Diagnostics } from "../../workflows/diagnostics.tsx";
import { NameAndType, RoleField } from "../../workflows/new-workflow-fields.tsx";
import { useDefaultRole } from "../../workflows/new-workflow.ts";
import { useValidation } from "../../workflows/use-validation.ts";
import { useWorkflows } from "../../workflows/use-workflows.ts";
import type { DesignerSearch } from "../designer-search.ts";
import { settingsInput } from "../config/settings-store.ts";
import { useDesigner, useDesignerView, useWorkflowSettings } from "../use-designer.ts";
import { jsonTextOf } from "./json-text.ts";
import type { Ship } from "./use-ship.ts";

/** Asks what a workflow needs beside its definition, creates it, and opens it. */
export function CreateDialog({
  ship,
  search,
  onClose,
}: {
  readonly ship: Ship;
  readonly search: DesignerSearch;
  readonly onClose: () => void;
}) {
  const text = useText();
  const { ship: words } = useDesignerText();
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { store, cases: held, settings: settingsStore } = useDesigner();
  const settings = useWorkflowSettings();
  const { name, type, roleArn } = settings;
  const cases = useSyncExternalStore(
    (listener) => held.subscribe(listener),
    () => held.cases,
  );
  const document = useDesignerView((view) => view.document);
  const definition = useMemo(() => jsonTextOf(document) ?? "", [document]);
  const workflows = useWorkflows();
  const defaultRole = useDefaultRole();
  const validation = useValidation(definition, type);
  const isTaken = workflows.data?.some((each) => each.name === name) === true;

  const create = useMutation({
    mutationFn: async () => {
      const { stateMachineArn } = await server.call<{ readonly stateMachineArn: string }>(
        "CreateStateMachine",
        {
          name,
          type,
          definition,
          ...settingsInput(settings, defaultRole),
          ...(settings.tags !== undefined && settings.tags.length > 0 && { tags: settings.tags }),
        },
      );
      // From here on it is there: what fails now does not create it twice.
      const problem =
        cases.length === 0
          ? undefined
          : await designerTry.putTestCases(stateMachineArn, { cases }).then(
              () => undefined,
              (error: unknown) => String((error as Error).message),
            );
      return { stateMachineArn, problem };
    },
    onSuccess: ({ stateMachineArn, problem }) => {
      void client.invalidateQueries({ queryKey: keys.workflows });
      settingsStore.markSaved();
      ship.setSaved({ text: store.text, definition, revisionId: "" });
      const { mode, state, tool } = search;
      const open = () =>
        void navigate({
          to: "/workflows/$arn/design",
          params: { arn: stateMachineArn },
          search: { ...(mode && { mode }), ...(state && { state }), ...(tool && { tool }) },
          ignoreBlocker: true,
        });
      if (problem === undefined) open();
    },
  });
  const { mutate, isPending, data } = create;
  const canCreate =
    name !== "" &&
    !isTaken &&
    validation.data?.result === "OK" &&
    !validation.isStale &&
    !isPending &&
    data === undefined;

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+Enter",
          label: text.workflows.createSubmit,
          group: words.group,
          run: () => canCreate && mutate(),
        },
      ],
      [text, words, canCreate, mutate],
    ),
  );

  return (
    <Dialog title={words.createTitle} isOpen onClose={onClose} width="max-w-2xl">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (canCreate) mutate();
        }}
      >
        <NameAndType
          name={name}
          isTaken={isTaken}
          type={type}
          onChange={(change) => settingsStore.change(change)}
        />
        <RoleField
          role={roleArn === "" ? defaultRole : roleArn}
          onChange={(role) => settingsStore.change({ roleArn: role })}
        />
        {document.format === "yaml" && (
          <p className="rounded-md bg-run-soft px-3 py-2 text-[13px]">{words.yamlNote}</p>
        )}
        <section aria-label={words.checks}>
          <Diagnostics validation={validation} definition={definition} onGo={onClose} />
        </section>
        {cases.length > 0 && (
          <p className="text-xs text-dim">{words.casesToo(format.number(cases.length))}</p>
        )}
        <Problem error={create.error} />
        {data?.problem !== undefined && <Problem error={words.casesFailed(data.problem)} />}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={!canCreate}>
            {isPending ? text.workflows.creating : text.workflows.createSubmit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
