import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { StateField } from "../fields/state-field.tsx";
import { useInspected } from "../inspected.ts";
import type { FieldSpec } from "../state-fields.ts";

/** Fields one below the other; where there are none it is said why. */
export function FieldTab({
  specs,
  none,
}: {
  readonly specs: readonly FieldSpec[];
  readonly none: string;
}) {
  const { inspector: text } = useDesignerText();
  const { state } = useInspected();
  if (specs.length === 0) return <p className="text-[13px] text-dim">{none}</p>;
  return (
    <div className="flex flex-col gap-4" aria-label={text.fieldsOf(state.name)} role="group">
      {specs.map((spec) => (
        <StateField key={spec.code} spec={spec} />
      ))}
    </div>
  );
}
