import { useId } from "react";
import type { ScheduleService } from "../../../../src/eventing/schedule/parse-schedule.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Field, inputLook } from "../../parts/field.tsx";
import { useNow } from "../../parts/time.tsx";
import { type ReadExpression, readExpression, useScheduleWords } from "./expression-words.ts";
import { NextTimes } from "./next-times.tsx";

/** What somebody may begin with, by its name in the catalogue. */
const examples = {
  everyFive: "rate(5 minutes)",
  hourly: "rate(1 hour)",
  daily: "cron(0 9 * * ? *)",
  workdays: "cron(30 8 ? * MON-FRI *)",
  monthly: "cron(0 6 1 * ? *)",
} as const;

export interface When {
  readonly expression: string;
  readonly zone: string;
}

/** Whether it would be taken: it is read as the server reads it. */
export function isSchedule({ expression, zone }: When, service: ScheduleService): boolean {
  const read = readExpression(expression, service, zone, 0);
  return read !== undefined && "schedule" in read;
}

/** When something is to run: an expression and a zone, with what they come to in words and times while they are typed. */
export function ExpressionField({
  when,
  onChange,
  service,
}: {
  readonly when: When;
  readonly onChange: (when: When) => void;
  readonly service: ScheduleService;
}) {
  const { triggers: text } = useAroundText();
  const now = useNow();
  const zones = useId();
  // The minute is enough: times of each second would be read out anew.
  const minute = Math.floor(now / 60_000) * 60_000;
  const read = readExpression(when.expression, service, when.zone, minute);
  const isRefused = read !== undefined && "problem" in read;
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <Field label={text.schedule.expression} hint={text.schedule.expressionHint}>
          {(ids) => (
            <input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={isRefused}
              value={when.expression}
              className={`${inputLook} h-8 font-mono ${isRefused ? "border-fail/60!" : ""}`}
              onChange={({ target }) => onChange({ ...when, expression: target.value })}
            />
          )}
        </Field>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
          <span className="text-dim">{text.schedule.examples}:</span>
          {(Object.keys(examples) as (keyof typeof examples)[]).map((name) => (
            <button
              key={name}
              type="button"
              className="min-h-6 text-accent hover:underline"
              onClick={() => onChange({ ...when, expression: examples[name] })}
            >
              {text.schedule[name]}
            </button>
          ))}
        </p>
        {service === "scheduler" && (
          <Field label={text.schedule.zone} hint={text.schedule.zoneHint}>
            {(ids) => (
              <>
                <input
                  {...ids}
                  list={zones}
                  autoComplete="off"
                  spellCheck={false}
                  aria-invalid={read === undefined}
                  value={when.zone}
                  className={`${inputLook} h-8 ${read === undefined ? "border-fail/60!" : ""}`}
                  onChange={({ target }) => onChange({ ...when, zone: target.value })}
                />
                <datalist id={zones}>
                  {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
                    <option key={zone} value={zone} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        )}
      </div>
      <Told read={read} zone={when.zone} />
    </div>
  );
}

function Told({
  read,
  zone,
}: {
  readonly read: ReadExpression | undefined;
  readonly zone: string;
}) {
  const { triggers: text } = useAroundText();
  const wordsOf = useScheduleWords();
  return (
    <section
      role="status"
      aria-label={text.schedule.nextTimes}
      className="min-w-0 rounded-lg border border-line bg-sunken p-3"
    >
      {read === undefined ? (
        <p className="text-[13px] text-fail">{text.schedule.noZone}</p>
      ) : "problem" in read ? (
        <p className="text-[13px] break-words text-fail">{read.problem}</p>
      ) : (
        <>
          <p className="mb-2 text-[13px] font-medium">
            {wordsOf(read.schedule) ?? text.words.cron}
          </p>
          <NextTimes next={read.next} zone={zone} />
        </>
      )}
    </section>
  );
}
