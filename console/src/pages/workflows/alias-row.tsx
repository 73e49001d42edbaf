import { useQuery } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import type { OutcomeView } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Ago } from "../../parts/time.tsx";
import { Outcome } from "./outcome.tsx";
import { qualifierOf, type Alias } from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";

/** An alias: where it leads, and how what it started went. */
export function AliasRow({
  stateMachineArn,
  arn,
  outcomes,
  onEdit,
  onDelete,
}: {
  readonly stateMachineArn: string;
  readonly arn: string;
  /** Of what was started by it. */
  readonly outcomes: readonly OutcomeView[] | undefined;
  readonly onEdit: (alias: Alias) => void;
  readonly onDelete: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const name = qualifierOf(arn);
  const { data: alias } = useQuery({
    queryKey: workflowKeys.alias(stateMachineArn, arn),
    queryFn: () =>
      server.call<Alias>("DescribeStateMachineAlias", { stateMachineAliasArn: arn }, regionOf(arn)),
  });
  const [first, second] = alias?.routingConfiguration ?? [];
  return (
    <li className="flex items-start gap-2 px-4 py-2.5">
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-1.5">
          <span className="font-medium break-all">{name}</span>
          <CopyButton value={arn} label={text.workflows.copyArn} />
          {alias !== undefined && (
            <span className="text-xs text-dim">
              {text.workflows.updated} <Ago at={alias.updateDate * 1_000} />
            </span>
          )}
        </div>
        {alias?.description !== undefined && alias.description !== "" && (
          <p className="text-[13px] break-words text-dim">{alias.description}</p>
        )}
        {first !== undefined && (
          <div className="mt-1.5 flex flex-col gap-2">
            <div
              aria-hidden
              className="flex h-2 max-w-md gap-px overflow-hidden rounded-full bg-sunken"
            >
              <div className="bg-accent" style={{ width: `${first.weight}%` }} />
              {second !== undefined && <div className="grow bg-run" />}
            </div>
            <ul className="flex flex-col gap-1 text-xs tabular-nums">
              {[first, second].map((route, index) =>
                route === undefined ? null : (
                  <li
                    key={route.stateMachineVersionArn}
                    className="flex flex-wrap items-center gap-x-4 gap-y-0.5"
                  >
                    <span className="inline-flex w-32 items-center gap-1.5 font-medium">
                      <span
                        aria-hidden
                        className={`h-2 w-2 rounded-sm ${index === 0 ? "bg-accent" : "bg-run"}`}
                      />
                      {text.workflows.versionNumber(qualifierOf(route.stateMachineVersionArn))}
                      {" · "}
                      {format.percent(route.weight / 100)}
                    </span>
                    <Outcome
                      outcome={outcomes?.find(
                        ({ version }) => version === qualifierOf(route.stateMachineVersionArn),
                      )}
                      label={text.rollout.byAlias(name)}
                    />
                  </li>
                ),
              )}
            </ul>
          </div>
        )}
      </div>
      <IconButton
        label={text.workflows.editAlias(name)}
        isDisabled={alias === undefined}
        onPress={() => alias !== undefined && onEdit(alias)}
      >
        <Pencil aria-hidden size={14} />
      </IconButton>
      <IconButton label={text.workflows.deleteAlias(name)} onPress={onDelete}>
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </li>
  );
}
