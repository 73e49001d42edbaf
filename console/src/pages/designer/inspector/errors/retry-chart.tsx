import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import type { PlannedRetry, RetryPlan } from "./retry-plan.ts";

const width = 340;
const rowHeight = 14;
const mostRows = 10;
const axisHeight = 18;
const labelWidth = 26;

/**
 * A Retrier's attempts over time, one row each: a dot where it is made, with jitter a bar from the earliest to the latest moment.
 * Each attempt is taken to fail at once.
 */
export function RetryChart({ plan }: { readonly plan: RetryPlan }) {
  const { inspector: text } = useDesignerText();
  const duration = useDuration();
  const shown = plan.retries.slice(0, mostRows);
  const last = shown.at(-1);
  if (last === undefined) return <p className="text-xs text-dim">{text.noRetries}</p>;
  const scale = (width - labelWidth - 12) / last.latest;
  const x = (seconds: number) => labelWidth + seconds * scale;
  const height = shown.length * rowHeight + axisHeight;
  const summary = text.retrySummary(String(plan.count), duration(last.latest), plan.hasJitter);
  return (
    <figure className="min-w-0">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${summary} ${shown.map((each) => each.number).length < plan.count ? text.retryFirst(String(shown.length)) : ""}`}
        className="w-full"
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line
              x1={x(last.latest * part)}
              x2={x(last.latest * part)}
              y1={0}
              y2={height - axisHeight}
              className="stroke-line"
              strokeDasharray={part === 0 ? undefined : "2 3"}
            />
            <text
              x={x(last.latest * part)}
              y={height - 5}
              textAnchor={part === 0 ? "start" : part === 1 ? "end" : "middle"}
              className="fill-dim text-[10px]"
            >
              {duration(last.latest * part)}
            </text>
          </g>
        ))}
        {shown.map((each, row) => (
          <Attempt key={each.number} retry={each} y={row * rowHeight + rowHeight / 2} x={x} />
        ))}
      </svg>
      <figcaption className="text-xs text-dim">
        {summary}
        {shown.length < plan.count && ` ${text.retryFirst(String(shown.length))}`}
        {shown.some(({ isCapped }) => isCapped) && ` ${text.retryCapped}`}
      </figcaption>
    </figure>
  );
}

function Attempt({
  retry,
  y,
  x,
}: {
  readonly retry: PlannedRetry;
  readonly y: number;
  readonly x: (seconds: number) => number;
}) {
  const { inspector: text } = useDesignerText();
  const duration = useDuration();
  const { number, earliest, latest, delay, isCapped } = retry;
  const from = latest - delay;
  return (
    <g>
      <title>
        {earliest < latest
          ? text.retryBetween(String(number), duration(earliest), duration(latest))
          : text.retryAt(String(number), duration(latest), duration(delay))}
      </title>
      <text x={labelWidth - 6} y={y + 3.5} textAnchor="end" className="fill-dim text-[10px]">
        {number}
      </text>
      {earliest < latest ? (
        <rect
          x={x(earliest)}
          y={y - 4}
          width={Math.max(2, x(latest) - x(earliest))}
          height={8}
          rx={4}
          className="fill-wait-soft stroke-wait"
        />
      ) : (
        <>
          <line
            x1={x(from)}
            x2={x(latest)}
            y1={y}
            y2={y}
            className={isCapped ? "stroke-wait" : "stroke-line-strong"}
            strokeDasharray={isCapped ? "3 2" : undefined}
          />
          <circle cx={x(latest)} cy={y} r={4} className="fill-accent" />
        </>
      )}
    </g>
  );
}

/** Seconds as people say them: 90 s, 2.5 min, 3 h. */
function useDuration(): (seconds: number) => string {
  const format = useFormat();
  return (seconds) => format.duration(seconds * 1_000);
}
