import { Columns3, Copy, List, ShieldAlert, Trash2, type LucideIcon } from "lucide-react";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { deleteStates } from "../../../designer/edits/delete.ts";
import { duplicateStates } from "../../../designer/edits/duplicate.ts";
import { isRefused, type EditResult } from "../../../designer/edits/edit-result.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import { wrapStates } from "../../../designer/edits/wrap.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { useDesigner, useDesignerView } from "../use-designer.ts";

/** What can be done with several states at once; what cannot is disabled. */
export function SelectionInspector({ states }: { readonly states: readonly StateEntry[] }) {
  const { inspector: text } = useDesignerText();
  const { store } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const keys = states.map(({ key }) => key);
  const names = text.wrapNames;
  const all: readonly {
    readonly edit: string;
    readonly label: string;
    readonly Icon: LucideIcon;
    readonly perform: (document: DefinitionDocument) => EditResult;
  }[] = [
    {
      edit: "duplicate",
      label: text.duplicate,
      Icon: Copy,
      perform: (each) => duplicateStates(each, keys),
    },
    {
      edit: "wrap",
      label: text.wrapParallel,
      Icon: Columns3,
      perform: (each) => wrapStates(each, keys, { as: "Parallel", name: names.parallel }),
    },
    {
      edit: "wrap",
      label: text.wrapMap,
      Icon: List,
      perform: (each) => wrapStates(each, keys, { as: "Map", name: names.map }),
    },
    {
      edit: "wrap",
      label: text.wrapCatch,
      Icon: ShieldAlert,
      perform: (each) =>
        wrapStates(each, keys, {
          as: "catchGroup",
          name: names.catchGroup,
          handler: names.handler,
        }),
    },
    {
      edit: "delete",
      label: text.deleteStates,
      Icon: Trash2,
      perform: (each) => deleteStates(each, keys),
    },
  ];
  return (
    <div className="flex flex-col gap-3 p-4">
      <h2 className="text-[15px] font-semibold">{text.selected(String(states.length))}</h2>
      <p className="text-[13px] text-dim">{text.selectedHint}</p>
      <ul className="flex flex-wrap gap-1">
        {states.map(({ key, name }) => (
          <li key={key}>
            <Button className="h-7! px-2! text-xs!" onPress={() => store.select([key])}>
              {name}
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-1.5">
        {all.map(({ edit, label, Icon, perform }) => (
          <Button
            key={label}
            className="justify-start!"
            isDisabled={isRefused(perform(document))}
            onPress={() => store.edit(edit, perform)}
          >
            <Icon aria-hidden size={14} />
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}
