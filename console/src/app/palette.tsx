import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { server } from "../api/client.ts";
import { keys } from "../api/keys.ts";
import { useText } from "../i18n/language.tsx";
import { placesOf } from "./navigation.ts";

interface Target {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly go: () => void;
}

/** One field that finds everything: pages, workflows, executions, and whatever is pasted. */
export function Palette({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const text = useText();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-bg/70 p-4 pt-[12vh] backdrop-blur-[2px]"
    >
      <Modal className="w-full max-w-xl">
        <Dialog
          aria-label={text.app.search}
          className="overflow-hidden rounded-xl border border-line bg-raised shadow-high outline-none"
        >
          <Finder onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Finder({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const navigate = useNavigate();
  const [sought, setSought] = useState("");
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const workflows = useQuery({ queryKey: keys.workflows, queryFn: server.workflows });
  const isPlain = sought.trim().length > 1 && !sought.includes('"');
  const filter = isPlain ? `"${sought.trim()}"` : "";
  const executions = useQuery({
    queryKey: keys.executions(filter),
    queryFn: () => server.executions(filter),
  });
  const targets = useMemo((): readonly Target[] => {
    const go = (run: () => unknown) => () => {
      onClose();
      void run();
    };
    const asked = sought.trim();
    const lower = asked.toLowerCase();
    const matches = (label: string) => label.toLowerCase().includes(lower);
    const pasted: Target[] = asked.startsWith("arn:")
      ? [
          {
            id: "pasted",
            label: asked,
            kind: text.app.open,
            go: go(() => navigate({ to: "/go/$arn", params: { arn: asked } })),
          },
        ]
      : [];
    return [
      ...pasted,
      ...placesOf(session.data)
        .filter(({ name }) => matches(text.nav[name]))
        .map(({ to, name }) => ({
          id: to,
          label: text.nav[name],
          kind: text.app.open,
          go: go(() => navigate({ to })),
        })),
      ...(matches(text.imports.command)
        ? [
            {
              id: "/import",
              label: text.imports.command,
              kind: text.app.open,
              go: go(() => navigate({ to: "/import" })),
            },
          ]
        : []),
      ...(workflows.data ?? [])
        .filter(({ name }) => matches(name))
        .slice(0, 8)
        .map(({ stateMachineArn, name }) => ({
          id: stateMachineArn,
          label: name,
          kind: text.nav.workflows,
          go: go(() => navigate({ to: "/workflows/$arn", params: { arn: stateMachineArn } })),
        })),
      ...(executions.data?.rows ?? []).slice(0, 8).map((row) => ({
        id: row.executionArn,
        label: `${row.name} · ${row.stateMachineName}`,
        kind: text.status[row.status],
        go: go(() => navigate({ to: "/executions/$arn", params: { arn: row.executionArn } })),
      })),
    ];
  }, [sought, session.data, workflows.data, executions.data, text, navigate, onClose]);

  return (
    <Autocomplete inputValue={sought} onInputChange={setSought}>
      <SearchField aria-label={text.app.search} autoFocus className="border-b border-line">
        <Input
          placeholder={text.app.search}
          className="h-13 w-full bg-transparent px-5 text-[15px] outline-none"
        />
      </SearchField>
      <Menu
        items={targets}
        aria-label={text.app.search}
        className="max-h-96 overflow-auto p-1.5 outline-none"
        renderEmptyState={() => <p className="p-4 text-center text-dim">{text.app.none}</p>}
      >
        {(target) => (
          <MenuItem
            id={target.id}
            textValue={target.label}
            onAction={target.go}
            className="flex cursor-pointer items-center gap-3 rounded-lg px-3.5 py-2 outline-none data-[focused]:bg-accent-soft"
          >
            <span className="grow truncate">{target.label}</span>
            <span className="shrink-0 text-xs text-dim">{target.kind}</span>
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}
