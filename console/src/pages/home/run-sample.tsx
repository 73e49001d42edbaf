import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CliLine } from "../executions/cli-line.tsx";
import { isSample, sampleInput, sampleNames } from "./samples.ts";

/** Starts a workflow that is there, with an input that suits it, and goes to see it run. */
export function RunSample({ workflows }: { readonly workflows: readonly WorkflowRow[] }) {
  const text = useText();
  const words = text.home.first.sample;
  const navigate = useNavigate();
  const offered = workflows.toSorted((a, b) => rank(a.name) - rank(b.name));
  const [chosen, setChosen] = useState<string>();
  const workflow = offered.find(({ stateMachineArn }) => stateMachineArn === chosen) ?? offered[0];
  const start = useMutation({
    mutationFn: ({ stateMachineArn, name }: WorkflowRow) =>
      server.call<{ readonly executionArn: string }>(
        "StartExecution",
        { stateMachineArn, input: sampleInput(name) },
        regionOf(stateMachineArn),
      ),
    onSuccess: ({ executionArn }) =>
      navigate({ to: "/executions/$arn", params: { arn: executionArn } }),
  });
  if (workflow === undefined) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-dim">{words.none}</p>
        <CliLine code="npx stepwell start --examples" label={words.title} />
      </div>
    );
  }
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-xs text-dim">{words.choose}</legend>
        {offered.map(({ stateMachineArn, name }) => (
          <label
            key={stateMachineArn}
            className={`flex cursor-pointer gap-2.5 rounded-lg px-2.5 py-1.5 ${stateMachineArn === workflow.stateMachineArn ? "bg-accent-soft" : "hover:bg-sunken"}`}
          >
            <input
              type="radio"
              name="sample"
              checked={stateMachineArn === workflow.stateMachineArn}
              onChange={() => setChosen(stateMachineArn)}
              className="mt-0.5 h-4 w-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block truncate font-medium">{name}</span>
              {isSample(name) && (
                <span className="block text-xs text-dim">{words.describe[name]}</span>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      <div>
        <p className="mb-1 text-xs text-dim">{words.input}</p>
        <pre
          aria-label={words.input}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
          tabIndex={0}
          className="max-h-40 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5"
        >
          {sampleInput(workflow.name)}
        </pre>
      </div>
      <Button
        look="primary"
        isDisabled={start.isPending}
        onPress={() => start.mutate(workflow)}
        className="w-fit"
      >
        <Play aria-hidden size={14} />
        {start.isPending ? words.starting : words.start}
      </Button>
      {start.isError && (
        <p role="alert" className="text-[13px] break-words text-fail">
          {words.failed}: {start.error.message}
        </p>
      )}
    </>
  );
}

/** The examples first, in their order. */
function rank(name: string): number {
  return isSample(name) ? sampleNames.indexOf(name) : sampleNames.length;
}
