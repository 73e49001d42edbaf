import type { PipeView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { Problem } from "../../parts/field.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { StackOf } from "../stacks/stack-of.tsx";
import { ArnLink } from "./arn-link.tsx";
import { deletePipe } from "./pipe-calls.ts";
import { EditAndRemove } from "./edit-and-remove.tsx";
import { PipeForm } from "./pipe-form-later.ts";
import { useTriggerChange } from "./use-trigger-change.ts";

/** A pipe: where it takes from and gives to, what is the matter with it, and what can be done with it. */
export function PipeDetails({ pipe }: { readonly pipe: PipeView }) {
  const { triggers: words } = useAroundText();
  const { pipe: text } = words;
  const { arn, name, isRunning, problem, isConfigured, enrichment, roleArn } = pipe;
  const turn = useTriggerChange(() =>
    callService("pipes", isRunning ? "StopPipe" : "StartPipe", { Name: name }, regionOf(arn)),
  );
  const remove = useTriggerChange(() => deletePipe(pipe));
  return (
    <div className="flex flex-col gap-4">
      {isConfigured ? (
        <p className="text-[13px] text-dim">{text.configured}</p>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button isDisabled={turn.isPending} onPress={() => turn.mutate()}>
            {isRunning ? text.stop : text.start}
          </Button>
          <EditAndRemove
            name={name}
            hint={text.removeHint}
            form={(close) => <PipeForm pipe={pipe} onClose={close} />}
            remove={() => remove.mutateAsync()}
          />
        </div>
      )}
      <Problem error={turn.error} />
      <StackOf arn={arn} />
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
