import {
  AlignLeft,
  ArrowLeftRight,
  Braces,
  FoldVertical,
  GitCompare,
  Wand,
  WandSparkles,
} from "lucide-react";
import type { EditorView } from "@codemirror/view";
import { unfoldAll } from "@codemirror/language";
import { useMemo, useState } from "react";
import { useShortcuts } from "../../../app/keys.ts";
import {
  convertNotation,
  type ConvertedText,
} from "../../../designer/document/convert-notation.ts";
import type { DefinitionFormat } from "../../../designer/document/definition-document.ts";
import { formatText } from "../../../designer/document/format-text.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { IconButton } from "../../../parts/button.tsx";
import { useConversion } from "../conversion/conversion-context.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { foldAllStates } from "./code-keys.ts";
import { LossDialog } from "./loss-dialog.tsx";

/** What is done with the text as a whole. */
export function CodeTools({
  view,
  isDifference,
  onDifference,
}: {
  readonly view: EditorView | undefined;
  readonly isDifference: boolean;
  readonly onDifference: (isOn: boolean) => void;
}) {
  const { code } = useDesignerText();
  const { store } = useDesigner();
  const { convert } = useConversion();
  const format = useDesignerView(({ document }) => document.format);
  const isReadable = useDesignerView(({ document }) => document.faults.length === 0);
  const selected = useDesignerView((view) =>
    view.selected.length === 1 && view.document === view.readable ? view.selected[0] : undefined,
  );
  const [isFolded, setFolded] = useState(false);
  const [loss, setLoss] = useState<ConvertedText | undefined>();
  const [said, setSaid] = useState("");
  const other: DefinitionFormat = format === "json" ? "yaml" : "json";
  useShortcuts(
    useMemo(
      () => [
        {
          keys: "d",
          label: isDifference ? code.hideDifference : code.difference,
          group: code.keys,
          run: () => onDifference(!isDifference),
        },
      ],
      [code, isDifference, onDifference],
    ),
  );
  const layOut = () => {
    store.read();
    const text = formatText(store.view.document);
    if (text !== undefined && text !== store.text) store.replaceText(text);
    setSaid(text === undefined ? code.cannotFormat : code.formatted);
  };
  const take = ({ text }: ConvertedText) => {
    store.replaceText(text);
    setLoss(undefined);
    setSaid(code.converted[other]);
  };
  const changeNotation = () => {
    store.read();
    const converted = convertNotation(store.view.document, other);
    if (converted === undefined) setSaid(code.cannotFormat);
    else if (converted.comments > 0 || converted.hasAnchors) setLoss(converted);
    else take(converted);
  };
  const fold = () => {
    if (view === undefined) return;
    if (isFolded) unfoldAll(view);
    else foldAllStates(view);
    setFolded(!isFolded);
  };
  return (
    <div role="toolbar" aria-label={code.tools} className="flex shrink-0 items-center">
      <IconButton label={code.format} isDisabled={!isReadable} onPress={layOut}>
        <AlignLeft aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={other === "yaml" ? code.toYaml : code.toJson}
        isDisabled={!isReadable}
        onPress={changeNotation}
      >
        {other === "yaml" ? (
          <ArrowLeftRight aria-hidden size={15} />
        ) : (
          <Braces aria-hidden size={15} />
        )}
      </IconButton>
      <IconButton label={isFolded ? code.unfoldAll : code.foldStates} onPress={fold}>
        <FoldVertical aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={isDifference ? code.hideDifference : code.difference}
        aria-pressed={isDifference}
        look={isDifference ? "plain" : "quiet"}
        onPress={() => onDifference(!isDifference)}
      >
        <GitCompare aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={code.conversion.workflow}
        isDisabled={!isReadable}
        onPress={() => convert()}
      >
        <WandSparkles aria-hidden size={15} />
      </IconButton>
      {selected !== undefined && (
        <IconButton
          label={code.conversion.thisState}
          isDisabled={!isReadable}
          onPress={() => convert(selected)}
        >
          <Wand aria-hidden size={15} />
        </IconButton>
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      {loss && (
        <LossDialog loss={loss} onTake={() => take(loss)} onClose={() => setLoss(undefined)} />
      )}
    </div>
  );
}
