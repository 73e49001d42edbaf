import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import { useMemo } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { inputLook } from "../../parts/field.tsx";
import { formatJson } from "../../parts/format-json.ts";
import { DiffView } from "./diff-view.tsx";
import { lineDiff } from "./line-diff.ts";
import { Segments } from "./segments.tsx";
import { describedOptions } from "./state-machine.ts";
import type { WorkflowSearch } from "./workflows-search.ts";

/** What has changed between two definitions of a workflow: versions, or how it is now. */
export function CompareDefinitions({
  stateMachineArn,
  versions,
  search,
  onSearch,
}: {
  readonly stateMachineArn: string;
  /** Numbers of the versions that are known, the newest first. */
  readonly versions: readonly string[];
  readonly search: WorkflowSearch;
  readonly onSearch: (change: WorkflowSearch) => void;
}) {
  const text = useText();
  const from = search.from ?? versions[0] ?? "current";
  const to = search.to ?? "current";
  const isSplit = search.diff === "split";
  const choices = [...new Set(["current", ...versions, from, to])];
  const chooser = (label: string, value: string, onChoose: (version: string) => void) => (
    <label className="flex min-w-0 items-center gap-2 text-xs text-dim">
      {label}
      <select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className={`${inputLook} h-8`}
      >
        {choices.map((version) => (
          <option key={version} value={version}>
            {version === "current" ? text.workflows.current : text.workflows.versionNumber(version)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <Card title={text.workflows.compare} flush>
      {versions.length === 0 ? (
        <p className="px-4 py-6 text-center text-[13px] text-dim">{text.workflows.needTwo}</p>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2.5">
            {chooser(text.workflows.compareLeft, from, (version) => onSearch({ from: version }))}
            <IconButton
              label={text.workflows.swap}
              onPress={() => onSearch({ from: to, to: from })}
            >
              <ArrowLeftRight aria-hidden size={15} />
            </IconButton>
            {chooser(text.workflows.compareRight, to, (version) => onSearch({ to: version }))}
            <span className="grow" />
            <Segments
              label={text.workflows.layout}
              options={[
                { id: "unified", label: text.workflows.unified },
                { id: "split", label: text.workflows.split },
              ]}
              selected={isSplit ? "split" : "unified"}
              onSelect={(diff) => onSearch({ diff: diff === "split" ? "split" : "" })}
            />
          </div>
          <Difference stateMachineArn={stateMachineArn} from={from} to={to} isSplit={isSplit} />
        </>
      )}
    </Card>
  );
}

function Difference({
  stateMachineArn,
  from,
  to,
  isSplit,
}: {
  readonly stateMachineArn: string;
  readonly from: string;
  readonly to: string;
  readonly isSplit: boolean;
}) {
  const arnOf = (version: string) =>
    version === "current" ? stateMachineArn : `${stateMachineArn}:${version}`;
  const left = useQuery(describedOptions(stateMachineArn, arnOf(from)));
  const right = useQuery(describedOptions(stateMachineArn, arnOf(to)));
  return (
    <Read query={left}>
      {({ definition: before }) => (
        <Read query={right}>
          {({ definition: after }) => <Lines before={before} after={after} isSplit={isSplit} />}
        </Read>
      )}
    </Read>
  );
}

function Lines({
  before,
  after,
  isSplit,
}: {
  readonly before: string;
  readonly after: string;
  readonly isSplit: boolean;
}) {
  const text = useText();
  const format = useFormat();
  const lines = useMemo(() => {
    // A definition in one line, as tools write it, would be one change.
    const isWritten = before.trim().includes("\n") && after.trim().includes("\n");
    return isWritten ? lineDiff(before, after) : lineDiff(formatJson(before), formatJson(after));
  }, [before, after]);
  const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count("added"), count("removed")];
  if (added + removed === 0) {
    return (
      <p className="px-4 py-8 text-center text-[13px] text-dim">{text.workflows.noDifference}</p>
    );
  }
  const summary = text.workflows.changedLines(format.number(added), format.number(removed));
  return (
    <>
      <p className="border-b border-line px-4 py-1.5 text-xs text-dim tabular-nums">{summary}</p>
      <DiffView lines={lines} isSplit={isSplit} label={summary} />
    </>
  );
}
