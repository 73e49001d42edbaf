import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Fact } from "../../parts/fact.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { ChooseRun } from "./choose-run.tsx";
import { SideMark, type Side } from "./side-mark.tsx";

/** One of the two executions, and a way to put another in its place. */
export function RunCard({
  side,
  view,
  near,
  onChoose,
}: {
  readonly side: Side;
  readonly view: ExecutionView;
  /** The other one: what is chosen is compared with it. */
  readonly near: string;
  readonly onChoose: (executionArn: string) => void;
}) {
  const text = useText();
  const format = useFormat();
  const [isChoosing, setChoosing] = useState(false);
  const letter = text.compare.side[side];
  const version = view.stateMachineVersionArn;
  return (
    <section
      aria-label={text.compare.sideOf(letter)}
      className="min-w-0 rounded-xl border border-line bg-surface px-4 py-3 shadow-card"
    >
      <div className="flex items-center gap-2.5">
        <SideMark side={side} size={24} />
        <h2 className="min-w-0 grow truncate text-[15px] font-semibold" title={view.name}>
          <Link
            to="/executions/$arn"
            params={{ arn: view.executionArn }}
            className="inline-block min-h-6 max-w-full truncate align-bottom hover:text-accent hover:underline"
          >
            {view.name}
          </Link>
        </h2>
        <Button
          look="quiet"
          aria-label={text.compare.changeSide(letter)}
          onPress={() => setChoosing(true)}
          className="max-sm:px-1.5"
        >
          {text.compare.change}
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-end gap-x-6 gap-y-2 text-[13px]">
        <StatusBadge status={view.status} />
        <dl className="contents">
          <Fact name={text.compare.workflow}>{view.stateMachineName}</Fact>
          <Fact name={text.compare.version}>
            {version === undefined
              ? text.compare.unversioned
              : version.slice(version.lastIndexOf(":") + 1)}
          </Fact>
          <Fact name={text.compare.started}>
            <Ago at={view.startDate} />
          </Fact>
          <Fact name={text.compare.took}>
            <Took from={view.startDate} to={view.stopDate} />
          </Fact>
          <Fact name={text.compare.transitions}>{format.number(view.transitions)}</Fact>
        </dl>
      </div>
      {view.error !== undefined && (
        <p className="mt-2 line-clamp-2 text-xs break-words text-fail">
          <b className="font-semibold">{view.error}</b> {view.cause}
        </p>
      )}
      <Dialog
        title={text.compare.choose(letter)}
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
      >
        <ChooseRun
          near={near}
          onChoose={(arn) => {
            setChoosing(false);
            onChoose(arn);
          }}
        />
      </Dialog>
    </section>
  );
}
