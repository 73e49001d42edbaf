import { useMemo, useState, type ReactNode } from "react";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { useDesigner } from "../use-designer.ts";
import { ConversionContext } from "./conversion-context.ts";
import { ConversionDialog } from "./conversion-dialog.tsx";

interface Open {
  readonly document: DefinitionDocument;
  readonly state: NodeKey | undefined;
}

/** Lets every part of the page open the one dialog of a conversion. */
export function ConversionProvider({ children }: { readonly children: ReactNode }) {
  const { store } = useDesigner();
  const [open, setOpen] = useState<Open | undefined>();
  const conversion = useMemo(
    () => ({
      convert: (state?: NodeKey) => {
        store.read();
        setOpen({ document: store.view.document, state });
      },
    }),
    [store],
  );
  return (
    <ConversionContext value={conversion}>
      {children}
      {open && <ConversionDialog {...open} onClose={() => setOpen(undefined)} />}
    </ConversionContext>
  );
}
