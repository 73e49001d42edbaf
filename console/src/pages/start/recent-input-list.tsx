import { useText } from "../../i18n/language.tsx";
import { Ago } from "../../parts/time.tsx";
import { useRecentInputs } from "./recent-inputs.ts";

/** What a workflow was started with of late, to be taken again. */
export function RecentInputList({
  stateMachineArn,
  onChoose,
}: {
  readonly stateMachineArn: string;
  readonly onChoose: (input: string) => void;
}) {
  const text = useText();
  const recent = useRecentInputs(stateMachineArn);
  return (
    <section className="min-w-0">
      <h3 className="mb-1 flex min-h-6 items-center text-[13px] font-medium">
        {text.start.recent}
      </h3>
      {recent === undefined && <p className="text-xs text-dim">{text.app.loading}</p>}
      {recent?.length === 0 && <p className="text-xs text-dim">{text.start.recentNone}</p>}
      <ul className="flex max-h-64 flex-col gap-1.5 overflow-y-auto p-0.5">
        {recent?.map(({ executionName, startDate, input }) => (
          <li key={executionName}>
            <button
              type="button"
              aria-label={text.start.recentUse(executionName)}
              title={executionName}
              onClick={() => onChoose(input)}
              className="w-full rounded-md border border-line bg-surface px-2 py-1.5 text-left hover:border-line-strong hover:bg-sunken"
            >
              <span className="block truncate font-mono text-xs">
                {input.slice(0, 200).replaceAll(/\s+/g, " ")}
              </span>
              <span className="flex gap-2 text-[11px] text-dim">
                <span className="grow truncate">{executionName}</span>
                <Ago at={startDate} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
