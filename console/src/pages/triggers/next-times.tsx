import { useAroundText } from "../../i18n/around/texts.ts";
import { useZoneTimes } from "./expression-words.ts";

/** When a schedule runs next, on the wall of its zone. */
export function NextTimes({
  next,
  zone,
}: {
  readonly next: readonly number[];
  readonly zone: string;
}) {
  const { schedule: text } = useAroundText().triggers;
  const timeOf = useZoneTimes(zone);
  if (next.length === 0) return <p className="text-[13px] text-dim">{text.noNext}</p>;
  return (
    <ol aria-label={text.nextTimes} className="flex flex-col gap-1 text-[13px] tabular-nums">
      {next.map((at) => (
        <li key={at}>
          <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
        </li>
      ))}
    </ol>
  );
}
