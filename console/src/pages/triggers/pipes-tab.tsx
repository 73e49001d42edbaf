import { CircleAlert, CirclePause, CirclePlay, Plus } from "lucide-react";
import { useState } from "react";
import type { PipeView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { PipeDetails } from "./pipe-details.tsx";
import { PipeForm } from "./pipe-form-later.ts";
import { TriggerList } from "./trigger-list.tsx";
import { useTriggers } from "./use-triggers.ts";

const command = `aws pipes create-pipe --name orders --source QUEUE_ARN \\
  --target STATE_MACHINE_ARN --role-arn ROLE_ARN \\
  --target-parameters 'StepFunctionStateMachineParameters={InvocationType=FIRE_AND_FORGET}'`;

/** Pipes, how they do, and what waits for them. */
export function PipesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Read query={useTriggers("pipes")}>
        {(all) => (
          <TriggerList
            label={text.pipes}
            items={all}
            absence={{
              title: text.pipe.none,
              hint: text.pipe.noneHint,
              command: { label: text.pipe.command, code: command },
            }}
            actions={
              <Button look="primary" onPress={() => setCreating(true)}>
                <Plus aria-hidden size={14} />
                {text.pipe.create}
              </Button>
            }
          >
            {(pipe) => (
              <OpenRow
                key={pipe.arn}
                id={pipe.arn}
                name={pipe.name}
                note={pipe.description || shortName(pipe.source)}
                facts={
                  <>
                    {pipe.backlog !== undefined && (
                      <span className={pipe.backlog > 0 ? "text-wait" : ""}>
                        {text.pipe.backlog(format.number(pipe.backlog))}
                      </span>
                    )}
                    <PipeState pipe={pipe} />
                  </>
                }
                {...state}
              >
                {() => <PipeDetails pipe={pipe} />}
              </OpenRow>
            )}
          </TriggerList>
        )}
      </Read>
      {isCreating && <PipeForm onClose={() => setCreating(false)} />}
    </>
  );
}

function PipeState({ pipe: { isRunning, problem } }: { readonly pipe: PipeView }) {
  const { pipe: text } = useAroundText().triggers;
  const [Icon, look, word] =
    problem !== undefined
      ? ([CircleAlert, "text-fail", text.trouble] as const)
      : isRunning
        ? ([CirclePlay, "text-ok", text.running] as const)
        : ([CirclePause, "text-off", text.stopped] as const);
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${look}`}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {word}
    </span>
  );
}

/** What stands behind the last colon or slash of an ARN. */
function shortName(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf(":"), 0) + 1);
}
