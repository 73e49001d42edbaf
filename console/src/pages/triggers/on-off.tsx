import { Circle, CircleCheck } from "lucide-react";
import { useAroundText } from "../../i18n/around/texts.ts";

/** Whether a trigger does anything, as a sign, a word and a colour. */
export function OnOff({ isOn }: { readonly isOn: boolean }) {
  const { triggers: text } = useAroundText();
  const Icon = isOn ? CircleCheck : Circle;
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${isOn ? "text-ok" : "text-off"}`}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      {isOn ? text.enabled : text.disabled}
    </span>
  );
}
