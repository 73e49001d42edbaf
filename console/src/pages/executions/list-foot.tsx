import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";

/** How much of the list is loaded, and more of it. */
export function ListFoot({
  shown,
  total,
  hasMore,
  isLoading,
  error,
  onMore,
}: {
  readonly shown: number;
  readonly total: number;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: Error | undefined;
  readonly onMore: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.list;
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2 text-xs text-dim">
      <span role="status" className="tabular-nums">
        {hasMore
          ? words.loaded(format.number(shown), format.number(total))
          : words.all(format.number(total))}
      </span>
      {hasMore && (
        <Button onPress={onMore} isDisabled={isLoading}>
          {isLoading ? text.app.loading : words.more}
        </Button>
      )}
      {error !== undefined && (
        <span role="alert" className="text-fail">
          {error.message}
        </span>
      )}
      <span className="ml-auto max-sm:hidden">{words.remembered}</span>
    </div>
  );
}
