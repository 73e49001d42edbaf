import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CirclePause, CirclePlay } from "lucide-react";
import type { PipeView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { callService, triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { Problem } from "../../parts/field.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ArnLink } from "./arn-link.tsx";
import { refetchMs } from "./refetch.ts";
import { useTriggerChange } from "./use-trigger-change.ts";

const command = `aws pipes create-pipe --name orders --source QUEUE_ARN \\
  --target STATE_MACHINE_ARN --role-arn ROLE_ARN \\
  --target-parameters 'StepFunctionStateMachineParameters={InvocationType=FIRE_AND_FORGET}'`;

/** Pipes, how they do, and what waits for them. */
export function PipesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  const query = useQuery({
    queryKey: keys.triggersOf("pipes"),
    queryFn: triggers.pipes,
    refetchInterval: refetchMs,
  });
  return (
    <Read query={query}>
      {(all) =>
        all.length === 0 ? (
          <Card>
            <Empty title={text.pipe.none}>{text.pipe.noneHint}</Empty>
            <CodeBlock label={text.pipe.command} code={command} />
          </Card>
        ) : (
          <Card flush title={text.pipes}>
            <ul aria-label={text.pipes}>
              {all.map((pipe) => (
                <OpenRow
                  key={pipe.arn}
                  id={pipe.arn}
                  name={pipe.name}
                  note={pipe.description ?? shortName(pipe.source)}
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
              ))}
            </ul>
          </Card>
        )
      }
    </Read>
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

function PipeDetails({ pipe }: { readonly pipe: PipeView }) {
  const { triggers: words } = useAroundText();
  const { pipe: text } = words;
  const { arn, name, isRunning, problem, isConfigured, enrichment, roleArn } = pipe;
  const turn = useTriggerChange(() =>
    callService("pipes", isRunning ? "StopPipe" : "StartPipe", { Name: name }, regionOf(arn)),
  );
  return (
    <div className="flex flex-col gap-4">
      {isConfigured ? (
        <p className="text-[13px] text-dim">{text.configured}</p>
      ) : (
        <div>
          <Button isDisabled={turn.isPending} onPress={() => turn.mutate()}>
            {isRunning ? text.stop : text.start}
          </Button>
        </div>
      )}
      <Problem error={turn.error} />
      {problem !== undefined && (
        <p className="rounded-md border border-fail/40 bg-fail-soft px-3 py-2 text-[13px] break-words text-fail">
          <span className="font-medium">{text.lastError}: </span>
          {problem}
        </p>
      )}
      <Facts>
        <Fact name={text.source}>
          <ArnLink arn={pipe.source} />
        </Fact>
        {enrichment !== undefined && (
          <Fact name={text.enrichment}>
            <ArnLink arn={enrichment} />
          </Fact>
        )}
        <Fact name={words.target}>
          <ArnLink arn={pipe.target} />
        </Fact>
        <Fact name={words.role}>{roleArn ?? text.noRole}</Fact>
      </Facts>
      {pipe.patterns.map((pattern, index) => (
        <JsonView key={`${index} ${pattern}`} value={pattern} label={text.filters} />
      ))}
    </div>
  );
}

/** What stands behind the last colon or slash of an ARN. */
function shortName(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf(":"), 0) + 1);
}
