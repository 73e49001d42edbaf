import { Minus, Pencil, Plus } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import type { ChangeKind } from "../compare-definitions.ts";

/** Border, then ground, of what differs from an earlier definition. */
export const changeLooks: Readonly<Record<ChangeKind, string>> = {
  added: "border-ok bg-ok-soft",
  removed: "border-fail border-dashed bg-fail-soft",
  changed: "border-wait bg-wait-soft",
};

const marks = {
  added: { Icon: Plus, look: "text-ok" },
  removed: { Icon: Minus, look: "text-fail" },
  changed: { Icon: Pencil, look: "text-wait" },
} as const;

/** A sign, and beside it the word if there is room. */
export function ChangeMark({
  kind,
  withWord = false,
}: {
  readonly kind: ChangeKind;
  readonly withWord?: boolean;
}) {
  const text = useText();
  const { Icon, look } = marks[kind];
  return (
    <span className={`inline-flex shrink-0 items-center gap-1.5 ${look}`}>
      <Icon aria-hidden size={14} strokeWidth={2.5} />
      {withWord && <span className="text-xs font-medium">{text.graph.changes[kind]}</span>}
    </span>
  );
}
