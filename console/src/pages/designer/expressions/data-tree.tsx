import { ChevronRight, Plus } from "lucide-react";
import { useState, useSyncExternalStore, type KeyboardEvent } from "react";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import { sampleOf } from "../../../designer/completion/sample.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { dataRoots, membersOf, pathTo, type DataNode } from "./data-paths.ts";
import { useInsertTargets } from "./insert-target.ts";

/**
 * The data that expressions read, as a tree: a press (or Enter) puts a value's path at the cursor of the field that was typed into
 * last, and a path can be dragged into any field.
 */
export function DataTree({
  data,
  language,
}: {
  readonly data: SampleData;
  readonly language: QueryLanguage;
}) {
  const { inspector: text } = useDesignerText();
  const targets = useInsertTargets();
  const target = useSyncExternalStore(targets.subscribe, () => targets.target);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(["input", "variables"]));
  const turn = (id: string) => {
    const after = new Set(open);
    if (!after.delete(id)) after.add(id);
    setOpen(after);
  };
  return (
    <div>
      <ul
        aria-label={text.dataTree}
        className="max-h-56 overflow-auto rounded-md border border-line bg-sunken py-1 text-xs"
      >
        {dataRoots(data).map((node) => (
          <Branch
            key={node.id}
            node={node}
            depth={0}
            open={open}
            onTurn={turn}
            language={language}
            onInsert={target?.insert}
          />
        ))}
      </ul>
      <p className="mt-1 text-xs text-dim">
        {target === undefined ? text.treeNoField : text.treeHint}
      </p>
    </div>
  );
}

interface BranchProps {
  readonly node: DataNode;
  readonly depth: number;
  readonly open: ReadonlySet<string>;
  readonly onTurn: (id: string) => void;
  readonly language: QueryLanguage;
  readonly onInsert: ((path: string) => void) | undefined;
}

const insets = ["pl-1", "pl-4", "pl-7", "pl-10", "pl-13", "pl-16", "pl-19", "pl-22"];

function Branch(props: BranchProps) {
  const { node, depth, open, onTurn, language, onInsert } = props;
  const { inspector: text } = useDesignerText();
  const members = membersOf(node);
  const isOpen = open.has(node.id);
  const path = pathTo(node, language);
  const name = depth === 0 ? text.roots[node.root] : node.name;
  const arrows = (event: KeyboardEvent) => {
    const isTurning = event.key === (isOpen ? "ArrowLeft" : "ArrowRight");
    if (members.length === 0 || !isTurning) return;
    event.preventDefault();
    onTurn(node.id);
  };
  return (
    <li>
      <div
        className={`flex min-h-6 items-center gap-0.5 pr-2 ${insets[Math.min(depth, insets.length - 1)] ?? ""}`}
      >
        {members.length > 0 ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={isOpen ? text.closeNode(name) : text.openNode(name)}
            className="grid h-6 w-5 shrink-0 place-items-center rounded text-dim hover:text-text"
            onClick={() => onTurn(node.id)}
          >
            <ChevronRight aria-hidden size={12} className={isOpen ? "rotate-90" : ""} />
          </button>
        ) : (
          <span className="w-5 shrink-0" />
        )}
        <button
          type="button"
          draggable={path !== undefined}
          disabled={path === undefined}
          title={path}
          aria-label={path === undefined ? name : text.insertPath(path)}
          className="group flex min-h-6 min-w-0 grow items-center gap-1.5 rounded px-1 text-left hover:bg-pick disabled:hover:bg-transparent"
          onKeyDown={arrows}
          onDragStart={(event) => {
            event.dataTransfer.setData("text/plain", path ?? "");
            event.dataTransfer.effectAllowed = "copy";
          }}
          onClick={() => path !== undefined && onInsert?.(path)}
        >
          <span className={depth === 0 ? "font-semibold" : "font-mono"}>{name}</span>
          <span className="min-w-0 grow truncate font-mono text-faint">
            {sampleOf(node.value).text}
          </span>
          {path !== undefined && onInsert !== undefined && (
            <Plus aria-hidden size={12} className="shrink-0 opacity-0 group-hover:opacity-100" />
          )}
        </button>
      </div>
      {isOpen && members.length > 0 && (
        <ul>
          {members.map((member) => (
            <Branch key={member.id} {...props} node={member} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}
