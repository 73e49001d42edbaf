import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ConversionView } from "../../../../../src/console/view-types.ts";
import { convertToJsonata } from "../../../api/designer-convert.ts";
import type {
  DefinitionDocument,
  TextEdit,
} from "../../../designer/document/definition-document.ts";
import { applyEdits } from "../../../designer/document/text-edits.ts";
import { answered } from "../../../designer/edits/draft.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { Problem } from "../../../parts/field.tsx";
import { DiffView } from "../../workflows/diff-view.tsx";
import { lineDiff } from "../../workflows/line-diff.ts";
import { useDesigner } from "../use-designer.ts";
import { ConversionNotes } from "./conversion-notes.tsx";
import { convertEdits } from "./convert-edits.ts";
import { conversionRequest, placedEdits } from "./conversion-request.ts";

/** What a state or the workflow is in JSONata: the difference, what to look at, and the edit. */
export function ConversionDialog({
  document,
  state,
  onClose,
}: {
  /** The text that is looked at. It cannot change while the dialog is open. */
  readonly document: DefinitionDocument;
  /** Absent: the whole. */
  readonly state: NodeKey | undefined;
  readonly onClose: () => void;
}) {
  const text = useDesignerText();
  const app = useText();
  const { store } = useDesigner();
  const isReadable = document.faults.length === 0;
  const request = useMemo(
    () => (isReadable ? conversionRequest(document, state) : undefined),
    [document, isReadable, state],
  );
  const query = useQuery({
    queryKey: ["conversion", request],
    queryFn: () => convertToJsonata(request?.ask ?? { definition: "{}" }),
    enabled: request !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  });
  const result = useMemo(
    () =>
      query.data && request
        ? answered(() => convertEdits(document, placedEdits(query.data.edits, request)))
        : undefined,
    [document, query.data, request],
  );
  const edits = result !== undefined && !("refused" in result) ? result : undefined;
  const name = state === undefined ? undefined : graphIndex(document).states.get(state)?.name;
  const apply = () => {
    if (edits === undefined) return;
    store.edit("convertToJsonata", (now) =>
      now === document
        ? { edits, select: state === undefined ? [] : [state], open: [] }
        : { refused: "noSuchEntry" },
    );
    onClose();
  };
  return (
    <Dialog
      title={name === undefined ? text.code.conversion.title : text.code.conversion.state(name)}
      isOpen
      onClose={onClose}
      width="max-w-5xl"
    >
      <div className="flex flex-col gap-4 text-[13px]">
        {!isReadable && <p className="text-fail">{text.code.conversion.unreadable}</p>}
        {query.isFetching && <p className="text-dim">{text.code.conversion.working}</p>}
        <Problem error={query.error} />
        {result !== undefined && edits === undefined && (
          <p className="text-fail">{text.code.conversion.failed}</p>
        )}
        {query.data !== undefined && edits !== undefined && (
          <Converted document={document} edits={edits} view={query.data} />
        )}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{app.app.cancel}</Button>
          <Button
            look="primary"
            isDisabled={edits === undefined || edits.length === 0}
            onPress={apply}
          >
            {text.code.conversion.apply}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Converted({
  document,
  edits,
  view: { converted, left, notes },
}: {
  readonly document: DefinitionDocument;
  readonly edits: readonly TextEdit[];
  readonly view: ConversionView;
}) {
  const { conversion } = useDesignerText().code;
  const format = useFormat();
  const lines = useMemo(
    () => lineDiff(document.text, applyEdits(document.text, edits)),
    [document, edits],
  );
  if (edits.length === 0 && left === 0) return <p>{conversion.nothing}</p>;
  return (
    <>
      <p>
        {conversion.converted(format.number(converted))}
        {left > 0 && ` · ${conversion.left(format.number(left))}`}
      </p>
      {edits.length > 0 && (
        <div className="overflow-hidden rounded-md border border-line *:max-h-[45dvh]!">
          <DiffView lines={lines} isSplit label={conversion.difference} />
        </div>
      )}
      <ConversionNotes notes={notes} />
    </>
  );
}
