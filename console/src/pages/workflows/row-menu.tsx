import { MoreHorizontal } from "lucide-react";
import {
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { exportFormats, type ExportFormat } from "./export-workflow.ts";

export type RowAction =
  | "open"
  | "start"
  | "design"
  | "peek"
  | "pin"
  | "duplicate"
  | "delete"
  | { readonly exportAs: ExportFormat };

const itemLook =
  "flex min-h-8 cursor-pointer items-center rounded-md px-3 py-1 text-[13px] outline-none data-[focused]:bg-sunken";

/** What can be done with a workflow from its row. */
export function RowMenu({
  name,
  isPinned,
  onAction,
}: {
  readonly name: string;
  readonly isPinned: boolean;
  readonly onAction: (action: RowAction) => void;
}) {
  const { workflowList: text, workflows } = useText();
  const items = [
    { id: "open", label: text.open },
    { id: "start", label: workflows.keysStart },
    { id: "design", label: text.design },
    { id: "peek", label: text.peek },
    { id: "pin", label: isPinned ? text.unpin(name) : text.pin(name) },
    { id: "duplicate", label: text.duplicate },
  ] as const;
  return (
    <MenuTrigger>
      <IconButton label={text.actionsOf(name)}>
        <MoreHorizontal aria-hidden size={15} />
      </IconButton>
      <Popover
        placement="bottom end"
        className="min-w-56 rounded-lg border border-line bg-raised p-1 shadow-high"
      >
        <Menu aria-label={text.actionsOf(name)} className="max-h-[70vh] overflow-auto outline-none">
          <MenuSection>
            {items.map(({ id, label }) => (
              <MenuItem key={id} id={id} onAction={() => onAction(id)} className={itemLook}>
                {label}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="my-1 h-px bg-line" />
          <MenuSection>
            <Header className="px-3 py-1 text-xs font-semibold text-dim">{text.exportAs}</Header>
            {exportFormats.map((format) => (
              <MenuItem
                key={format}
                id={format}
                onAction={() => onAction({ exportAs: format })}
                className={itemLook}
              >
                {text.formats[format]}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="my-1 h-px bg-line" />
          <MenuSection>
            <MenuItem
              id="delete"
              onAction={() => onAction("delete")}
              className={`${itemLook} text-fail`}
            >
              {text.delete}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
