import type { RetentionEstimate } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

/** How long closed executions are kept, and what that comes to. */
export function Retention({
  estimate: { days, kept, since, isPartial, perDay, bytesPerDay, bytesInTheEnd },
}: {
  readonly estimate: RetentionEstimate;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.settings.storage;
  const rounded = (value: number) =>
    format.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
  return (
    <section className="md:col-span-2">
      <h3 className="mb-1.5 text-[13px] font-semibold">{words.retention}</h3>
      <p className="text-[13px]">
        {words.kept(text.settings.days(format.number(days)))}{" "}
        {since !== undefined && words.known(format.number(kept), format.dateTime(since))}
      </p>
      {perDay === undefined ? (
        <p className="mt-1 text-[13px] text-dim">{words.tooEarly}</p>
      ) : (
        <dl className="mt-3 grid grid-cols-2 gap-x-8 gap-y-3 sm:grid-cols-3">
          <Figure name={words.perDay} value={rounded(perDay)} />
          {bytesPerDay !== undefined && (
            <Figure name={words.bytesPerDay} value={format.bytes(bytesPerDay)} />
          )}
          {bytesInTheEnd !== undefined && (
            <Figure
              name={words.inTheEnd(text.settings.days(format.number(days)))}
              value={format.bytes(bytesInTheEnd)}
            />
          )}
        </dl>
      )}
      <p className="mt-2 text-xs text-dim">{isPartial ? words.partial : words.estimated}</p>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-dim">{name}</dt>
      <dd className="text-lg leading-tight font-semibold tabular-nums">{value}</dd>
    </div>
  );
}
