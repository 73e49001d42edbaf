import { useState } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import {
  DefinitionDifference,
  LookChoice,
  type DifferenceLook,
} from "../../workflows/definition-difference.tsx";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { jsonTextOf } from "./json-text.ts";
import { Notice } from "./notice.tsx";
import type { Ship } from "./use-ship.ts";

/** That a draft has come back, that one cannot be kept, or that somebody else has saved meanwhile. */
export function DraftNotice({
  ship,
  onMerge,
}: {
  readonly ship: Ship;
  readonly onMerge: () => void;
}) {
  const { ship: text } = useDesignerText();
  const format = useFormat();
  const [isCompared, setCompared] = useState(false);
  const { restored, isNewer, isChanged, isKept } = ship;
  return (
    <>
      {restored !== undefined && (
        <Notice look="wait">
          <span className="grow basis-60">
            {text.draftRestored(format.dateTime(restored.at))} {isNewer && text.draftOlder}
          </span>
          <Button onPress={ship.keep}>{text.keep}</Button>
          <Button onPress={() => setCompared(true)}>{text.showDifference}</Button>
          <Button look="danger" onPress={ship.discard}>
            {text.discard}
          </Button>
        </Notice>
      )}
      {restored === undefined && isNewer && (
        <Notice look="wait">
          <span className="grow basis-60">{text.newer}</span>
          {isChanged ? (
            <Button onPress={onMerge}>{text.mergeNow}</Button>
          ) : (
            <Button onPress={ship.discard}>{text.takeNewer}</Button>
          )}
        </Notice>
      )}
      {isChanged && !isKept && <Notice look="fail">{text.notKept}</Notice>}
      {isCompared && <DraftDifference ship={ship} onClose={() => setCompared(false)} />}
    </>
  );
}

function DraftDifference({ ship, onClose }: { readonly ship: Ship; readonly onClose: () => void }) {
  const { ship: text } = useDesignerText();
  const { workflow } = useDesigner();
  const document = useDesignerView((view) => view.document);
  const [look, setLook] = useState<DifferenceLook>("graph");
  const [state, setState] = useState<string>();
  return (
    <Dialog title={text.draftDifference} isOpen onClose={onClose} width="max-w-6xl">
      <section className="overflow-hidden rounded-xl border border-line bg-surface">
        <div className="flex justify-end border-b border-line px-4 py-2">
          <LookChoice look={look} onLook={setLook} />
        </div>
        <DefinitionDifference
          before={workflow.machine === undefined ? workflow.base : ship.saved.definition}
          after={jsonTextOf(document) ?? document.text}
          look={look}
          state={state}
          onState={setState}
        />
      </section>
    </Dialog>
  );
}
