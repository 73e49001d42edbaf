import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { inputLook } from "../../parts/field.tsx";
import {
  DefinitionDifference,
  differenceLooks,
  LookChoice,
  type DifferenceLook,
} from "./definition-difference.tsx";
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
  const usual = useLastDifferent(stateMachineArn, versions);
  const from = search.from ?? usual ?? "current";
  const to = search.to ?? "current";
  const look = differenceLooks.find((id) => id === search.diff) ?? "unified";
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
            <LookChoice
              look={look}
              onLook={(diff) => onSearch({ diff: diff === "unified" ? "" : diff })}
            />
          </div>
          <Difference
            stateMachineArn={stateMachineArn}
            from={from}
            to={to}
            look={look}
            state={search.state}
            onState={(state) => onSearch({ state })}
          />
        </>
      )}
    </Card>
  );
}

/** The newest version; where that is the definition as it is now, there is more to see in the one before it. */
function useLastDifferent(
  stateMachineArn: string,
  versions: readonly string[],
): string | undefined {
  const [newest, before] = versions;
  const now = useQuery(describedOptions(stateMachineArn));
  const published = useQuery({
    ...describedOptions(stateMachineArn, `${stateMachineArn}:${newest}`),
    enabled: before !== undefined,
  });
  const isSame = published.data !== undefined && published.data.definition === now.data?.definition;
  return isSame ? before : newest;
}

function Difference({
  stateMachineArn,
  from,
  to,
  look,
  state,
  onState,
}: {
  readonly stateMachineArn: string;
  readonly from: string;
  readonly to: string;
  readonly look: DifferenceLook;
  readonly state: string | undefined;
  readonly onState: (key: string) => void;
}) {
  const arnOf = (version: string) =>
    version === "current" ? stateMachineArn : `${stateMachineArn}:${version}`;
  const left = useQuery(describedOptions(stateMachineArn, arnOf(from)));
  const right = useQuery(describedOptions(stateMachineArn, arnOf(to)));
  return (
    <Read query={left}>
      {({ definition: before }) => (
        <Read query={right}>
          {({ definition: after }) => (
            <DefinitionDifference
              before={before}
              after={after}
              look={look}
              state={state}
              onState={onState}
            />
          )}
        </Read>
      )}
    </Read>
  );
}
