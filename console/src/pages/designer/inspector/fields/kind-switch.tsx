import { SquareFunction } from "lucide-react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { IconButton } from "../../../../parts/button.tsx";

/** Whether a value is said, or computed by an expression. */
export function KindSwitch({
  label,
  isExpression,
  onSwitch,
}: {
  readonly label: string;
  readonly isExpression: boolean;
  readonly onSwitch: () => void;
}) {
  const { inspector: text } = useDesignerText();
  return (
    <IconButton
      label={isExpression ? text.asValue(label) : text.asExpression(label)}
      aria-pressed={isExpression}
      onPress={onSwitch}
      className={`h-6! w-6! ${isExpression ? "bg-accent-soft text-accent!" : ""}`}
    >
      <SquareFunction aria-hidden size={14} />
    </IconButton>
  );
}
