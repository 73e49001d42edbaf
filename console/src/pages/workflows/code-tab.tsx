import { useQuery } from "@tanstack/react-query";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Read } from "../../parts/query-state.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { snippetLanguages, snippetsOf } from "./code-snippets.ts";
import { Segments } from "../../parts/segments.tsx";
import type { StateMachine } from "./state-machine.ts";

/** How the workflow is used from elsewhere. */
export function CodeTab({
  machine: { stateMachineArn, type },
  language,
  onLanguage,
}: {
  readonly machine: StateMachine;
  readonly language: string | undefined;
  readonly onLanguage: (language: string) => void;
}) {
  const text = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const chosen = snippetLanguages.find((id) => id === language) ?? "cli";
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segments
          label={text.workflows.language}
          options={snippetLanguages.map((id) => ({ id, label: text.workflows.languages[id] }))}
          selected={chosen}
          onSelect={onLanguage}
        />
        <p className="text-xs text-dim">{text.workflows.snippetsHint}</p>
      </div>
      <Read query={session}>
        {({ endpoint }) =>
          snippetsOf(chosen, {
            stateMachineArn,
            type,
            region: regionOf(stateMachineArn),
            endpoint,
          }).map(({ title, code }) => (
            <CodeBlock key={title} label={text.workflows.snippets[title]} code={code} />
          ))
        }
      </Read>
    </div>
  );
}
