import { useText } from "../../i18n/language.tsx";
import { shownTags, tagText } from "./workflow-list.ts";

/** Our choice: a row has room for so many. */
const mostShown = 2;

/** Tags to press: the list then shows those that have it. */
export function TagChips({
  tags,
  most = mostShown,
  onTag,
}: {
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly most?: number;
  readonly onTag: (tag: string) => void;
}) {
  const { workflowList: text } = useText();
  const entries = shownTags(tags);
  if (entries.length === 0) return <span className="text-faint">–</span>;
  const rest = entries.slice(most).map(([key, value]) => tagText(key, value));
  return (
    <span className="flex flex-wrap items-center gap-1">
      {entries.slice(0, most).map(([key, value]) => (
        <button
          key={key}
          type="button"
          title={text.tagFilter(tagText(key, value))}
          onClick={() => onTag(tagText(key, value))}
          className="relative z-10 inline-flex min-h-6 max-w-40 items-center gap-1 rounded-md border border-line bg-surface px-1.5 text-xs hover:border-line-strong hover:bg-sunken"
        >
          <span className="truncate text-dim">{key}</span>
          <span className="truncate font-medium">{value}</span>
        </button>
      ))}
      {rest.length > 0 && (
        <span title={rest.join("\n")} className="text-xs text-dim">
          {text.moreAliases(String(rest.length))}
        </span>
      )}
    </span>
  );
}
