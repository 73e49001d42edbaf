import { CircleAlert, Rows3 } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import { Segments } from "../../parts/segments.tsx";

/** One row for each execution, or one for each kind of failure. */
export function ViewToggle({
  isGrouped,
  onChange,
}: {
  readonly isGrouped: boolean;
  readonly onChange: (isGrouped: boolean) => void;
}) {
  const words = useText().executions.view;
  return (
    <Segments
      label={words.label}
      options={[
        { id: "list", label: words.list, Icon: Rows3 },
        { id: "errors", label: words.errors, Icon: CircleAlert },
      ]}
      selected={isGrouped ? "errors" : "list"}
      onSelect={(id) => onChange(id === "errors")}
    />
  );
}
