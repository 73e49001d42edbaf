import type { OutcomeView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Outcome } from "./outcome.tsx";

export interface Route {
  readonly version: string;
  /** Per cent. */
  readonly weight: number;
}

/** What an alias will do once it is saved, in words, with how its versions did so far. */
export function RolloutWords({
  alias,
  before,
  after,
  outcomes,
}: {
  readonly alias: string;
  readonly before: readonly Route[];
  readonly after: readonly Route[];
  readonly outcomes: readonly OutcomeView[] | undefined;
}) {
  const { rollout: text, workflows } = useText();
  const format = useFormat();
  const name = alias === "" ? text.thisAlias : alias;
  const [first, second] = after.filter(({ weight }) => weight > 0);
  if (first === undefined) return null;
  const percent = (weight: number) => format.percent(weight / 100);
  const weightIn = (routes: readonly Route[], version: string) =>
    routes.find((route) => route.version === version)?.weight ?? 0;
  const versions = [...new Set([...after, ...before].map(({ version }) => version))];
  const moved = versions.filter(
    (version) => before.length > 0 && weightIn(before, version) !== weightIn(after, version),
  );
  return (
    <div className="rounded-lg border border-line bg-sunken p-3 text-[13px]">
      <p role="status" className="font-medium">
        {second === undefined
          ? text.saysAll(name, first.version)
          : text.saysSplit(
              name,
              first.version,
              format.number(first.weight),
              second.version,
              format.number(second.weight),
            )}
      </p>
      {moved.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-x-4 text-dim tabular-nums">
          {moved.map((version) => (
            <span key={version}>
              {text.saysChange(
                version,
                percent(weightIn(before, version)),
                percent(weightIn(after, version)),
              )}
            </span>
          ))}
        </p>
      )}
      <p className="mt-1 text-xs text-dim">{text.saysRunning}</p>
      <ul className="mt-2 flex flex-col gap-1 border-t border-line pt-2">
        {versions.map((version) => (
          <li key={version} className="flex flex-wrap items-center gap-x-4 text-xs">
            <span className="w-24 font-medium">{workflows.versionNumber(version)}</span>
            <Outcome
              outcome={outcomes?.find((each) => each.version === version)}
              label={text.outcomeOf(version)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
