import type { WorkflowFactsView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

/** Our choice: a row has room for so many. */
const mostShown = 2;

/** Where the aliases of a workflow lead: a bar and the shares of each. */
export function AliasSplit({
  aliases,
  most = mostShown,
}: {
  readonly aliases: WorkflowFactsView["aliases"] | undefined;
  readonly most?: number;
}) {
  const { workflowList: text } = useText();
  const format = useFormat();
  if (aliases === undefined || aliases.length === 0) return <span className="text-faint">–</span>;
  const percent = (weight: number) => format.percent(weight / 100);
  return (
    <ul className="flex flex-col gap-1">
      {aliases.slice(0, most).map(({ name, routes }) => {
        const words = text.routes(
          name,
          routes.map(({ version, weight }) => text.route(percent(weight), version)).join(", "),
        );
        const short = routes
          .map(({ version, weight }) => text.routeShort(percent(weight), version))
          .join(" / ");
        return (
          <li key={name} title={words} className="min-w-0">
            <span className="sr-only">{words}</span>
            <span aria-hidden className="flex items-baseline gap-1.5 text-xs whitespace-nowrap">
              <span className="max-w-24 truncate font-medium">{name}</span>
              <span className="text-dim tabular-nums">{short}</span>
            </span>
            <span
              aria-hidden
              className="mt-0.5 flex h-1 max-w-36 gap-px overflow-hidden rounded-full bg-sunken"
            >
              {routes.map(({ version, weight }, index) => (
                <span
                  key={version}
                  className={index === 0 ? "bg-accent" : "bg-run"}
                  style={{ width: `${weight}%` }}
                />
              ))}
            </span>
          </li>
        );
      })}
      {aliases.length > most && (
        <li className="text-xs text-dim">
          {text.moreAliases(format.number(aliases.length - most))}
        </li>
      )}
    </ul>
  );
}
