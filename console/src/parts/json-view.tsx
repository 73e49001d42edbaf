import { AlignLeft, Braces, ListTree, Search, Table2, type LucideIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { useFormat, useText } from "../i18n/language.tsx";
import { IconButton } from "./button.tsx";
import { CopyButton } from "./copy.tsx";
import { formatJson } from "./format-json.ts";
import { inferSchema } from "./json/infer-schema.ts";
import { findIn } from "./json/json-lines.ts";
import { JsonSearch } from "./json/json-search.tsx";
import { JsonTree } from "./json/json-tree.tsx";
import { isContainer } from "./json/json-value.ts";
import { tablesIn } from "./json/tables.ts";
import { TextParts } from "./json/text-parts.tsx";
import { useJson } from "./json/use-json.ts";
import { later } from "./later.tsx";

const JsonTable = later(async () => (await import("./json/json-table.tsx")).JsonTable);

type Mode = "tree" | "text" | "table" | "schema";

const signs: Readonly<Record<Mode, LucideIcon>> = {
  tree: ListTree,
  text: AlignLeft,
  table: Table2,
  schema: Braces,
};

/** Characters of a text that is laid out anew. */
const mostFormatted = 1_000_000;

/** A JSON document as a tree, text, tables or its schema. What is no JSON is shown as it is. */
export function JsonView({
  value,
  label,
  root = "",
}: {
  /** JSON text. */
  readonly value: string;
  readonly label: string;
  /** How JSONata names the document: `$states.input`; absent: paths are relative to it. */
  readonly root?: string;
}) {
  const text = useText();
  const format = useFormat();
  const read = useJson(value);
  const isRead = read.state === "read";
  const document = isRead ? read.value : undefined;
  const tables = useMemo(() => tablesIn(document), [document]);
  const [asked, setAsked] = useState<Mode>("tree");
  const [search, setSearch] = useState<{ readonly sought: string; readonly at: number }>();
  const sought = search?.sought ?? "";
  const found = useMemo(() => (sought === "" ? [] : findIn(document, sought)), [document, sought]);
  const hasModes = isRead && isContainer(document);
  const modes: readonly Mode[] = !hasModes
    ? []
    : tables.length > 0
      ? ["tree", "text", "table", "schema"]
      : ["tree", "text", "schema"];
  const mode = !isRead ? "text" : modes.includes(asked) ? asked : "tree";
  return (
    <div className="min-w-0 rounded-lg border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-x-1 border-b border-line py-1 pr-1 pl-3 text-xs text-dim">
        <span className="min-w-16 grow basis-0 truncate" title={label}>
          {label}
        </span>
        <span className="mr-1 tabular-nums">{format.bytes(value.length)}</span>
        {modes.length > 0 && (
          <span role="group" aria-label={text.json.shown} className="flex">
            {modes.map((each) => {
              const Sign = signs[each];
              return (
                <IconButton
                  key={each}
                  label={text.json.mode(text.json.modes[each])}
                  aria-pressed={mode === each}
                  onPress={() => setAsked(each)}
                  className={`h-6! w-6! ${mode === each ? "bg-pick text-text!" : ""}`}
                >
                  <Sign aria-hidden size={13} />
                </IconButton>
              );
            })}
          </span>
        )}
        {hasModes && (
          <IconButton
            label={text.json.search}
            onPress={() => {
              setAsked("tree");
              setSearch(search === undefined ? { sought: "", at: 0 } : undefined);
            }}
            className="h-6! w-6!"
          >
            <Search aria-hidden size={13} />
          </IconButton>
        )}
        <CopyButton value={value} label={`${text.app.copy}: ${label}`} />
      </div>
      {search !== undefined && mode === "tree" && (
        <JsonSearch
          label={`${text.json.search}: ${label}`}
          search={search}
          found={found.length}
          onChange={setSearch}
        />
      )}
      {read.state === "reading" ? (
        <p role="status" className="p-3 text-xs text-dim">
          {text.json.reading}
        </p>
      ) : mode === "tree" ? (
        <JsonTree
          value={document}
          label={label}
          root={root}
          found={search && found[search.at]}
          sought={sought}
        />
      ) : mode === "table" ? (
        <JsonTable tables={tables} label={label} />
      ) : (
        <div
          role="group"
          aria-label={label}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
          tabIndex={0}
          className="max-h-[28rem] overflow-auto p-3 font-mono text-xs leading-5"
        >
          {mode === "schema" ? (
            <Schema value={document} label={label} />
          ) : (
            <TextParts text={isRead && value.length <= mostFormatted ? formatJson(value) : value} />
          )}
        </div>
      )}
    </div>
  );
}

function Schema({ value, label }: { readonly value: unknown; readonly label: string }) {
  const text = useText();
  const schema = useMemo(() => JSON.stringify(inferSchema(value), undefined, 2), [value]);
  return (
    <>
      <p className="mb-2 flex items-center gap-1 font-sans text-dim">
        {text.json.schemaHint}
        <CopyButton
          value={schema}
          label={`${text.app.copy}: ${label}, ${text.json.modes.schema}`}
        />
      </p>
      <TextParts text={schema} />
    </>
  );
}
