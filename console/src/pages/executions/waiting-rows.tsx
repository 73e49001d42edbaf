import { ArrowUp } from "lucide-react";
import { useFormat, useText } from "../../i18n/language.tsx";

/** New rows stay behind this until somebody asks for them, so that nothing moves under the pointer. */
export function WaitingRows({
  count,
  hasGap,
  onShow,
}: {
  readonly count: number;
  readonly hasGap: boolean;
  readonly onShow: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.list;
  if (count === 0 && !hasGap) return null;
  const label = (hasGap ? words.manyWaiting : words.waiting)(format.number(count));
  return (
    <div className="sticky top-15 z-10 h-0">
      <button
        type="button"
        onClick={() => {
          onShow();
          window.scrollTo({ top: 0 });
        }}
        className="mx-auto flex h-7 -translate-y-1/2 items-center gap-1.5 rounded-full bg-accent px-3.5 text-xs font-semibold text-accent-text shadow-card hover:brightness-110"
      >
        <ArrowUp aria-hidden size={13} />
        <span role="status">{label}</span>
      </button>
    </div>
  );
}
