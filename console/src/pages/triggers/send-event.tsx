import { useState } from "react";
import type { RulesView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { BusChoice } from "./bus-choice.tsx";
import { objectOf, tryPattern } from "./event-pattern.ts";
import { useTriggerChange } from "./use-trigger-change.ts";

/** Puts an event on a bus, and says which rules want it. */
export function SendEvent({
  view,
  onClose,
}: {
  readonly view: RulesView;
  readonly onClose: () => void;
}) {
  const text = useText();
  const { rule: words } = useAroundText().triggers;
  const [busArn, setBusArn] = useState(view.buses[0]?.arn ?? "");
  const [source, setSource] = useState("shop");
  const [detailType, setDetailType] = useState("Order placed");
  const [detail, setDetail] = useState('{\n  "id": 7\n}');
  const canSend = source !== "" && detailType !== "" && objectOf(detail) !== undefined;
  const wanting = wantedBy(view, busArn, { source, detailType, detail });

  const send = useTriggerChange(async () => {
    const entry = { EventBusName: busArn, Source: source, DetailType: detailType, Detail: detail };
    const { Entries } = await callService<{
      readonly Entries: readonly { readonly EventId?: string; readonly ErrorMessage?: string }[];
    }>("events", "PutEvents", { Entries: [entry] }, regionOf(busArn));
    const [{ EventId, ErrorMessage = "" } = {}] = Entries;
    if (EventId === undefined) throw new Error(words.notSent(ErrorMessage));
    return EventId;
  });
  const input = { autoComplete: "off", spellCheck: false, className: `${inputLook} h-8` };
  return (
    <Dialog isOpen title={words.sendEvent} onClose={onClose} width="max-w-2xl">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend) send.mutate();
        }}
      >
        <BusChoice buses={view.buses} arn={busArn} onChange={setBusArn} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={words.source}>
            {(ids) => (
              <input
                {...ids}
                {...input}
                value={source}
                onChange={({ target }) => setSource(target.value)}
              />
            )}
          </Field>
          <Field label={words.detailType}>
            {(ids) => (
              <input
                {...ids}
                {...input}
                value={detailType}
                onChange={({ target }) => setDetailType(target.value)}
              />
            )}
          </Field>
        </div>
        <JsonEditor label={words.detail} value={detail} onChange={setDetail} rows={8} />
        <Wanting names={wanting} />
        <Problem error={send.error} />
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span role="status" className="min-w-0 grow text-[13px] text-ok">
            {send.data !== undefined && words.sent(send.data)}
          </span>
          <Button onPress={onClose}>{text.app.close}</Button>
          <Button type="submit" look="primary" isDisabled={!canSend || send.isPending}>
            {words.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Wanting({ names }: { readonly names: readonly string[] }) {
  const { rule: words } = useAroundText().triggers;
  const format = useFormat();
  if (names.length === 0) return <p className="text-[13px] text-dim">{words.matchingNone}</p>;
  return (
    <p className="text-[13px] break-words">
      {names.length === 1 ? words.matchingOne : words.matching(format.number(names.length))}{" "}
      <span className="font-medium">{names.join(", ")}</span>
    </p>
  );
}

/** The rules of the bus that are on and whose patterns it matches; the server knows the event's id and time, which few ask for. */
function wantedBy(
  { rules, buses }: RulesView,
  busArn: string,
  given: { readonly source: string; readonly detailType: string; readonly detail: string },
): readonly string[] {
  const bus = buses.find(({ arn }) => arn === busArn);
  const detail = objectOf(given.detail);
  if (bus === undefined || detail === undefined) return [];
  const event = JSON.stringify({
    version: "0",
    id: crypto.randomUUID(),
    "detail-type": given.detailType,
    source: given.source,
    account: busArn.split(":")[4],
    time: new Date().toISOString(),
    region: bus.region,
    resources: [],
    detail,
  });
  return rules
    .filter(
      ({ isEnabled, region, bus: name, pattern }) =>
        isEnabled &&
        region === bus.region &&
        name === bus.name &&
        pattern !== undefined &&
        tryPattern(pattern, event).type === "matches",
    )
    .map(({ name }) => name);
}
