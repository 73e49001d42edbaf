import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck, Play, RotateCw, X } from "lucide-react";
import type { ExecutionView } from "../../../../../src/console/view-types.ts";
import { typeOfArn } from "../../../../../src/machine/arns.ts";
import { regionOf, server } from "../../../api/client.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../parts/button.tsx";
import { Problem } from "../../../parts/field.tsx";
import { inputOf } from "./run-input.ts";
import type { StateMachine } from "../../workflows/state-machine.ts";
import { Notice } from "./notice.tsx";
import type { SavedOutcome } from "./saved-outcome.ts";

/** That it is saved, and what is next: to start it, or to go on with the execution that it was opened from. */
export function SavedNotice({
  machine,
  outcome: { version, alias, aliasProblem },
  run,
  onStart,
  onClose,
}: {
  readonly machine: StateMachine;
  readonly outcome: SavedOutcome;
  /** The execution that the designer was opened from. */
  readonly run: string | undefined;
  readonly onStart: () => void;
  readonly onClose: () => void;
}) {
  const { ship: text } = useDesignerText();
  return (
    <>
      <Notice look="ok">
        <CircleCheck aria-hidden size={15} className="text-ok" />
        <span className="grow basis-48">
          {version === undefined ? text.saved : text.savedAs(version)}{" "}
          {alias !== undefined && text.movedAlias(alias)}
        </span>
        {run === undefined || typeOfArn(run) !== "execution" ? (
          <Button onPress={onStart}>
            <Play aria-hidden size={13} />
            {text.start}
          </Button>
        ) : (
          <RunAgain machine={machine} executionArn={run} />
        )}
        <IconButton label={text.dismiss} onPress={onClose} className="h-6! w-6!">
          <X aria-hidden size={14} />
        </IconButton>
      </Notice>
      {aliasProblem !== undefined && (
        <Notice look="fail">{text.aliasFailed(aliasProblem.alias, aliasProblem.message)}</Notice>
      )}
    </>
  );
}

/** What can be done with the execution whose mistake has been mended. */
function RunAgain({
  machine: { stateMachineArn },
  executionArn,
}: {
  readonly machine: StateMachine;
  readonly executionArn: string;
}) {
  const { ship: text } = useDesignerText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const region = regionOf(executionArn);
  const view = useQuery({
    queryKey: ["designed-run", executionArn],
    queryFn: () => server.execution(executionArn),
  });
  const open = async (arn: string): Promise<void> => {
    void client.invalidateQueries({ queryKey: ["execution", arn] });
    await navigate({ to: "/executions/$arn", params: { arn } });
  };
  const again = useMutation({
    mutationFn: async () => {
      const input = await inputOf(executionArn);
      const started = await server.call<{ readonly executionArn: string }>(
        "StartExecution",
        { stateMachineArn, input },
        region,
      );
      await open(started.executionArn);
    },
  });
  const redrive = useMutation({
    mutationFn: async () => {
      await server.call("RedriveExecution", { executionArn }, region);
      await open(executionArn);
    },
  });
  const name = executionArn.split(":").at(-1) ?? "";
  return (
    <>
      <span className="text-xs text-dim">{text.againHint(name)}</span>
      <Button isDisabled={again.isPending} onPress={() => again.mutate()}>
        <Play aria-hidden size={13} />
        {text.again}
      </Button>
      {canRedrive(view.data) && (
        <span title={text.redriveHint} className="inline-flex">
          <Button
            isDisabled={redrive.isPending}
            onPress={() => redrive.mutate()}
            aria-describedby="redrive-hint"
          >
            <RotateCw aria-hidden size={13} />
            {text.redrive}
          </Button>
          <span id="redrive-hint" className="sr-only">
            {text.redriveHint}
          </span>
        </span>
      )}
      <Link
        to="/executions/$arn"
        params={{ arn: executionArn }}
        className="text-accent hover:underline"
      >
        {text.back}
      </Link>
      <Problem error={again.error ?? redrive.error} />
    </>
  );
}

function canRedrive(view: ExecutionView | undefined): boolean {
  return view !== undefined && view.status !== "RUNNING" && view.notRedrivable === undefined;
}
