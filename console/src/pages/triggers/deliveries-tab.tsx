import { CircleX, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import type { DeliveryView } from "../../../../src/console/view-types.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { Problem } from "../../parts/field.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import { ConfirmDialog } from "../workflows/confirm-dialog.tsx";
import { ArnLink } from "./arn-link.tsx";
import { TriggerList } from "./trigger-list.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";
import { useTriggers } from "./use-triggers.ts";

/** What targets have refused: what is tried again by itself, and what was given up. */
export function DeliveriesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  return (
    <Read query={useTriggers("deliveries")}>
      {(all) => (
        <TriggerList
          label={text.deliveries}
          items={all}
          absence={{ title: text.delivery.none, hint: text.delivery.noneHint }}
        >
          {(delivery) => (
            <OpenRow
              key={delivery.id}
              id={delivery.id}
              name={sourceName(delivery.sourceArn)}
              note={
                <span className="line-clamp-2 [overflow-wrap:anywhere]">
                  {delivery.code}: {delivery.message}
                </span>
              }
              facts={<Standing delivery={delivery} />}
              {...state}
            >
              {() => <Delivery delivery={delivery} />}
            </OpenRow>
          )}
        </TriggerList>
      )}
    </Read>
  );
}

function Standing({ delivery: { givenUpAt, attempts } }: { readonly delivery: DeliveryView }) {
  const { delivery: text } = useAroundText().triggers;
  const format = useFormat();
  return (
    <>
      <span>{text.attempts(format.number(attempts))}</span>
      {givenUpAt === undefined ? (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-wait">
          <RotateCw aria-hidden size={14} />
          {text.waiting}
        </span>
      ) : (
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-fail">
          <CircleX aria-hidden size={14} />
          {text.givenUp}
        </span>
      )}
    </>
  );
}

function Delivery({ delivery }: { readonly delivery: DeliveryView }) {
  const { triggers: words } = useAroundText();
  const { delivery: text } = words;
  const format = useFormat();
  const [isDiscarding, setDiscarding] = useState(false);
  const { id, dueAt, givenUpAt, input } = delivery;
  const retry = useTriggerChange(() => triggers.changeDelivery(id, "retry"));
  const discard = useTriggerChange(() => triggers.changeDelivery(id, "discard"));
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" isDisabled={retry.isPending} onPress={() => retry.mutate()}>
          <RotateCw aria-hidden size={14} />
          {text.retry}
        </Button>
        <Button look="danger" onPress={() => setDiscarding(true)}>
          <Trash2 aria-hidden size={14} />
          {text.discard}
        </Button>
      </div>
      <Problem error={retry.error} />
      <p className="text-[13px] break-words">
        <span className="text-dim">{text.why}: </span>
        {delivery.code}: {delivery.message}
      </p>
      <Facts>
        <Fact name={text.of}>
          <ArnLink arn={delivery.sourceArn} />
        </Fact>
        <Fact name={text.to}>
          <ArnLink arn={delivery.targetArn} />
        </Fact>
        <Fact name={text.since}>
          <Ago at={delivery.since} />
        </Fact>
        {dueAt !== undefined && <Fact name={text.nextTry}>{format.dateTime(dueAt)}</Fact>}
        {givenUpAt !== undefined && (
          <Fact name={text.givenUp}>
            <Ago at={givenUpAt} />
          </Fact>
        )}
      </Facts>
      {input === undefined ? (
        <p className="text-[13px] text-dim">{text.hidden}</p>
      ) : (
        <JsonView value={input} label={text.what} />
      )}
      {isDiscarding && (
        <ConfirmDialog
          title={text.discardTitle}
          hint={text.discardHint}
          action={text.discard}
          perform={() => discard.mutateAsync()}
          onClose={() => setDiscarding(false)}
        />
      )}
    </div>
  );
}

/** `rule/placed`, `schedule/default/nightly`. */
function sourceName(arn: string): string {
  return arn.split(":").slice(5).join(":");
}
