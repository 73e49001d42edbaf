import { AlarmClock, Clock3, Infinity as NoEnd, TriangleAlert } from "lucide-react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { toneText, type Tone } from "../../parts/status.tsx";
import { useNow } from "../../parts/time.tsx";

/** Our choice: from when on a time limit is urgent, and near. */
const urgentMs = 15 * 60_000;
const nearMs = 24 * 3_600_000;

/** How long there is left to answer, to the second at the end. */
export function Due({ at }: { readonly at: number | undefined }) {
  const { approvals: text } = useText();
  const format = useFormat();
  const now = useNow();
  if (at === undefined) {
    return <Sign tone="off" icon={NoEnd} words={text.noDue} />;
  }
  const left = Math.floor((at - now) / 1_000) * 1_000;
  const title = format.dateTime(at);
  if (left <= 0)
    return <Sign tone="fail" icon={TriangleAlert} words={text.overdue} title={title} />;
  const tone: Tone = left < urgentMs ? "fail" : left < nearMs ? "wait" : "off";
  const words = text.dueIn(format.duration(left));
  return (
    <Sign tone={tone} icon={left < nearMs ? AlarmClock : Clock3} words={words} title={title} />
  );
}

function Sign({
  tone,
  icon: Icon,
  words,
  title,
}: {
  readonly tone: Tone;
  readonly icon: typeof Clock3;
  readonly words: string;
  readonly title?: string;
}) {
  return (
    <span
      title={title}
      className={`inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums ${toneText[tone]} ${tone === "off" ? "" : "font-medium"}`}
    >
      <Icon aria-hidden size={13} className="shrink-0" />
      {words}
    </span>
  );
}
