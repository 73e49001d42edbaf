import { useMemo, useState, type ReactNode } from "react";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import { setFields } from "../../../designer/edits/fields.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import { languageOf } from "../../../designer/edits/spot.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { arrayOf } from "../../../graph/json.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Tabs } from "../../../parts/tabs.tsx";
import { InsertContext, InsertTargets } from "../expressions/insert-target.ts";
import { usePinned } from "../pinned/pinned-data.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { InspectedContext, type Inspected } from "./inspected.ts";
import { PinBar } from "./pinning/pin-bar.tsx";
import { StateHead } from "./state-head.tsx";
import { inputFields, outputFields } from "./state-fields.ts";
import { useStages } from "./use-stages.ts";
import { ConfigurationTab } from "./tabs/configuration-tab.tsx";
import { ErrorsTab } from "./tabs/errors-tab.tsx";
import { FieldTab } from "./tabs/field-tab.tsx";
import { JsonTab } from "./tabs/json-tab.tsx";
import { NotesTab } from "./tabs/notes-tab.tsx";
import { VariablesTab } from "./tabs/variables-tab.tsx";

type TabId = "configuration" | "input" | "output" | "errors" | "variables" | "notes" | "json";

/** What was chosen last is chosen again at the next state, if that has it. */
let lastTab: TabId = "configuration";

/** All fields of one state. */
export function StateInspector({ state }: { readonly state: StateEntry }) {
  const { inspector: text } = useDesignerText();
  const inspected = useInspectedState(state);
  const [targets] = useState(() => new InsertTargets());
  const [tab, setTab] = useState<TabId>(lastTab);
  const { language } = inspected;
  const { type, fields } = state;
  const handles = type === "Task" || type === "Parallel" || type === "Map";
  const handlers = arrayOf(fields["Retry"]).length + arrayOf(fields["Catch"]).length;
  const all: readonly (readonly [TabId, string, ReactNode] | false)[] = [
    ["configuration", text.tabs.configuration, <ConfigurationTab key="configuration" />],
    type !== "Fail" && [
      "input",
      text.tabs.input,
      <FieldTab key="input" specs={inputFields(type, language, fields)} none={text.noInput} />,
    ],
    type !== "Fail" && [
      "output",
      text.tabs.output,
      <FieldTab key="output" specs={outputFields(type, language)} none={text.noOutput} />,
    ],
    handles && [
      "errors",
      handlers === 0 ? text.tabs.errors : `${text.tabs.errors} (${handlers})`,
      <ErrorsTab key="errors" />,
    ],
    ["variables", text.tabs.variables, <VariablesTab key="variables" />],
    ["notes", text.tabs.notes, <NotesTab key="notes" />],
    ["json", "JSON", <JsonTab key="json" />],
  ];
  const items = all.flatMap((each) =>
    each === false ? [] : [{ id: each[0], label: each[1], content: each[2] }],
  );
  const selected = items.some(({ id }) => id === tab) ? tab : "configuration";
  return (
    <InspectedContext value={inspected}>
      <InsertContext value={targets}>
        <StateHead />
        <PinBar />
        <Tabs
          label={text.tabsOf(state.name)}
          selected={selected}
          onSelect={(id) => {
            lastTab = id as TabId;
            setTab(lastTab);
          }}
          // Seven of them are to fit beside each other.
          className="px-4 pb-6 [&_[role=tab]]:px-1.5 [&_[role=tab]]:text-xs [&_[role=tablist]]:gap-0"
          panelClassName="pt-4"
          items={items}
        />
      </InsertContext>
    </InspectedContext>
  );
}

function useInspectedState(state: StateEntry): Inspected {
  const { store } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const { data: rawData } = usePinned(state.key);
  const language = languageOf(graphIndex(document), state);
  const stages = useStages(state, language, rawData);
  return useMemo(() => {
    const edit: Inspected["edit"] = (name, change) =>
      store.edit(name, (given) => {
        const result = change(given);
        // What is typed before another state is selected must not select its own again.
        return isRefused(result) ? result : { ...result, select: [] };
      });
    const setAll: Inspected["setAll"] = (changes) =>
      void edit("setField", (given) => setFields(given, state.key, changes));
    return {
      state,
      language,
      data: stages.effective,
      dataAt: (stage = "effective") => stages[stage],
      edit,
      setAll,
      set: (path, value) => setAll([[path, value]]),
    };
  }, [store, language, state, stages]);
}
