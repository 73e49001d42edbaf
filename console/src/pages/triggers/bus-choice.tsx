import type { BusView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Field, inputLook } from "../../parts/field.tsx";

/** One of the event buses. */
export function BusChoice({
  buses,
  arn,
  onChange,
  isDisabled = false,
}: {
  readonly buses: readonly BusView[];
  readonly arn: string;
  readonly onChange: (arn: string) => void;
  readonly isDisabled?: boolean;
}) {
  const { rule: text } = useAroundText().triggers;
  const hasRegions = new Set(buses.map(({ region }) => region)).size > 1;
  return (
    <Field label={text.bus}>
      {(ids) => (
        <select
          {...ids}
          disabled={isDisabled}
          value={arn}
          className={`${inputLook} h-8`}
          onChange={({ target }) => onChange(target.value)}
        >
          {buses.map((bus) => (
            <option key={bus.arn} value={bus.arn}>
              {hasRegions ? `${bus.name} · ${bus.region}` : bus.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
