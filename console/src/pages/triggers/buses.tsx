import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { BusView, RulesView } from "../../../../src/console/view-types.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Card } from "../../parts/layout.tsx";
import { ConfirmDialog } from "../workflows/confirm-dialog.tsx";
import { BusForm } from "./bus-form.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

type Asked =
  { readonly what: "create" } | { readonly what: "edit" | "remove"; readonly bus: BusView };

/** The event buses, with how many rules look at each. */
export function Buses({ view: { buses, rules } }: { readonly view: RulesView }) {
  const { triggers: words } = useAroundText();
  const { bus: text } = words;
  const format = useFormat();
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  const remove = useTriggerChange(({ name, region }: BusView) =>
    callService("events", "DeleteEventBus", { Name: name }, region),
  );
  return (
    <Card
      flush
      title={words.rule.buses}
      aside={
        <Button onPress={() => ask({ what: "create" })}>
          <Plus aria-hidden size={14} />
          {text.create}
        </Button>
      }
    >
      <ul aria-label={words.rule.buses}>
        {buses.map((bus) => (
          <li
            key={bus.arn}
            className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-[13px] last:border-0"
          >
            <span className="min-w-0 grow basis-48 [overflow-wrap:anywhere]">
              <span className="font-medium">{bus.name}</span>{" "}
              <span className="text-dim">
                {[bus.region, bus.description].filter(Boolean).join(" · ")}
              </span>
            </span>
            <span className="ml-auto flex items-center gap-2">
              <span className="text-dim tabular-nums">
                {words.rule.rulesOf(
                  format.number(
                    rules.filter((rule) => rule.bus === bus.name && rule.region === bus.region)
                      .length,
                  ),
                )}
              </span>
              <IconButton label={text.change(bus.name)} onPress={() => ask({ what: "edit", bus })}>
                <Pencil aria-hidden size={14} />
              </IconButton>
              {/* Documented: the default bus of a Region stays. */}
              {bus.name === "default" ? (
                <span className="w-8" />
              ) : (
                <IconButton
                  label={text.remove(bus.name)}
                  onPress={() => ask({ what: "remove", bus })}
                >
                  <Trash2 aria-hidden size={14} />
                </IconButton>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asked?.what === "create" && <BusForm onClose={close} />}
      {asked?.what === "edit" && <BusForm bus={asked.bus} onClose={close} />}
      {asked?.what === "remove" && (
        <ConfirmDialog
          title={words.removeTitle(asked.bus.name)}
          hint={text.removeHint}
          action={words.remove}
          perform={() => remove.mutateAsync(asked.bus)}
          onClose={close}
        />
      )}
    </Card>
  );
}
