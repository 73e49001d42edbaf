import { useState } from "react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Loading } from "../../parts/layout.tsx";
import { DocumentTree } from "./document-tree.tsx";
import { DifferenceSwitch } from "./difference-switch.tsx";
import { useVisitData } from "./visit-data.ts";

/** What went into a state and what came out of it, side by side; the difference is marked where it is asked for. */
export function VisitDocuments({
  view,
  visit,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
}) {
  const text = useText();
  const [isCompared, setCompared] = useState(false);
  const data = useVisitData(view.executionArn, visit);
  if (data.data === undefined) return <Loading />;
  const { input, output } = data.data;
  const canCompare = input !== undefined && output !== undefined;
  return (
    <div className="flex flex-col gap-2">
      {canCompare && (
        <DifferenceSwitch
          isOn={isCompared}
          onChange={setCompared}
          hint={text.inspector.differenceHint}
        />
      )}
      <div className="grid gap-3 xl:grid-cols-2">
        {input === undefined ? (
          <p className="p-3 text-dim">{text.execution.noData}</p>
        ) : (
          <JsonView value={input} label={text.execution.input} root="$states.input" />
        )}
        {output === undefined ? (
          <p className="p-3 text-dim">{noOutput(visit, text.execution)}</p>
        ) : canCompare && isCompared ? (
          <DocumentTree
            value={output}
            before={input}
            label={text.execution.output}
            root="$states.input"
          />
        ) : (
          // The output is the next state's input.
          <JsonView value={output} label={text.execution.output} root="$states.input" />
        )}
      </div>
    </div>
  );
}

/** Why there is no output: it has not come yet, it never will, or it is not in the history. */
function noOutput(
  { exitedAt, exitEventId }: VisitView,
  words: ReturnType<typeof useText>["execution"],
): string {
  if (exitEventId !== undefined) return words.noData;
  return exitedAt === undefined ? words.noOutput : words.neverOutput;
}
