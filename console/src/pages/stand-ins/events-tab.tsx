import type { StandInBus, StandInsView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card } from "../../parts/layout.tsx";
import { Ago } from "../../parts/time.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Teaching } from "./teaching.tsx";

/** Event buses with their rules, and the newest events. */
export function EventsTab({ view, ...state }: OpenState & { readonly view: StandInsView }) {
  const { standIns: text } = useText();
  const format = useFormat();
  if (view.buses.length === 0) return <Teaching tab="events" />;
  return (
    <div className="flex flex-col gap-4">
      <Card title={text.newest} flush>
        {view.events.length === 0 ? (
          <p className="px-4 py-6 text-center text-dim">{text.noneOf.events}</p>
        ) : (
          <ul>
            {view.events.map(({ id, bus, source, detailType, at, event }) => (
              <OpenRow
                key={id}
                id={id}
                name={detailType}
                note={`${source} · ${bus}`}
                facts={<Ago at={at} />}
                {...state}
              >
                {() => <JsonView value={event} label={text.event} />}
              </OpenRow>
            ))}
          </ul>
        )}
      </Card>
      <Card title={text.buses} flush>
        <ul>
          {view.buses.map((bus) => (
            <OpenRow
              key={bus.arn}
              id={bus.arn}
              name={bus.name}
              note={bus.region}
              facts={
                <>
                  <span>{text.published(format.number(bus.published))}</span>
                  <span>{text.rules(format.number(bus.rules.length))}</span>
                </>
              }
              {...state}
            >
              {() => <Rules bus={bus} />}
            </OpenRow>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Rules({ bus }: { readonly bus: StandInBus }) {
  const { standIns: text } = useText();
  if (bus.rules.length === 0) return <p className="text-dim">{text.noRules}</p>;
  return (
    <ul className="flex flex-col gap-3">
      {bus.rules.map(({ name, pattern, isEnabled, targets }) => (
        <li key={name} className="min-w-0 rounded-lg border border-line bg-surface p-3">
          <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium break-words">{name}</span>
            {!isEnabled && <span className="text-xs text-dim">{text.disabled}</span>}
          </p>
          <JsonView value={pattern} label={text.rule} />
          <p className="mt-2 text-xs break-all text-dim">
            {text.targets}: {targets.length === 0 ? text.noTargets : targets.join(", ")}
          </p>
        </li>
      ))}
    </ul>
  );
}
