import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { useVisitData } from "../execution/visit-data.ts";
import { DocumentDiff } from "./document-diff.tsx";
import type { ComparedPair } from "./pair-list.tsx";
import { SideMark, type Side } from "./side-mark.tsx";

/** A state in both executions: how it went, and what it was given and gave. */
export function PairDetail({
  row,
  a,
  b,
  isSplit,
}: {
  readonly row: ComparedPair | undefined;
  readonly a: ExecutionView;
  readonly b: ExecutionView;
  readonly isSplit: boolean;
}) {
  const text = useText();
  const ofA = useVisitData(a.executionArn, row?.pair.a);
  const ofB = useVisitData(b.executionArn, row?.pair.b);
  if (row === undefined) {
    return <p className="px-4 py-8 text-center text-dim">{text.compare.noState}</p>;
  }
  const { pair } = row;
  const isReading = (pair.a && ofA.isPending) === true || (pair.b && ofB.isPending) === true;
  const { input: inputA, output: outputA } = (pair.a && ofA.data) ?? {};
  const { input: inputB, output: outputB } = (pair.b && ofB.data) ?? {};
  const isBoth = pair.a !== undefined && pair.b !== undefined;
  const cell = (draw: (visit: VisitView, view: ExecutionView) => ReactNode) => (
    <>
      <td className="py-1 pr-4 align-top">{pair.a && draw(pair.a, a)}</td>
      <td className="py-1 align-top">{pair.b && draw(pair.b, b)}</td>
    </>
  );
  return (
    <div className="p-4">
      <h2 className="mb-3 text-[15px] font-semibold break-words">
        {pair.name}
        <span className="ml-2 text-xs font-normal text-dim">{(pair.a ?? pair.b)?.type}</span>
      </h2>
      <Facts pair={pair} arns={{ a: a.executionArn, b: b.executionArn }} cell={cell} />
      {!isReading && (
        <div className="mt-5 grid gap-5 2xl:grid-cols-2">
          <DocumentDiff
            a={inputA}
            b={inputB}
            title={text.compare.input}
            isSame={isBoth && !row.differences.includes("input") && row.isDataKnown}
            isSplit={isSplit}
          />
          <DocumentDiff
            a={outputA}
            b={outputB}
            title={text.compare.output}
            isSame={isBoth && !row.differences.includes("output") && row.isDataKnown}
            isSplit={isSplit}
          />
        </div>
      )}
    </div>
  );
}

type Cells = (draw: (visit: VisitView, view: ExecutionView) => ReactNode) => ReactNode;

function Facts({
  pair: { a, b },
  arns,
  cell,
}: {
  readonly pair: ComparedPair["pair"];
  readonly arns: Readonly<Record<Side, string>>;
  readonly cell: Cells;
}) {
  const text = useText();
  const format = useFormat();
  const hasError = (a?.error ?? b?.error) !== undefined;
  const hasAttempts = (a?.attempts.length ?? 0) + (b?.attempts.length ?? 0) > 0;
  return (
    <div className="overflow-x-auto">
      <table className="text-left text-[13px]">
        <thead>
          <tr>
            <td />
            {(["a", "b"] as const).map((side) => (
              <th key={side} scope="col" className="pr-4 pb-1 font-medium">
                <Open side={side} visit={side === "a" ? a : b} arn={arns[side]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line name={text.compare.status}>
            {cell(({ status }) => (
              <StatusBadge status={status} />
            ))}
          </Line>
          <Line name={text.compare.startedAfter}>
            {cell(({ enteredAt }, { startDate }) => format.duration(enteredAt - startDate))}
          </Line>
          <Line name={text.compare.took}>
            {cell(({ enteredAt, exitedAt }) =>
              exitedAt === undefined ? null : format.duration(exitedAt - enteredAt),
            )}
          </Line>
          {hasAttempts && (
            <Line name={text.compare.attempts}>
              {cell(({ attempts }) => format.number(attempts.length))}
            </Line>
          )}
          {hasError && (
            <Line name={text.compare.error}>
              {cell(({ error, cause }) => (
                <div className="max-w-[48ch]">
                  <b className="font-semibold text-fail">{error}</b>
                  <p className="line-clamp-4 text-xs break-words text-dim">{cause}</p>
                </div>
              ))}
            </Line>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <tr>
      <th scope="row" className="py-1 pr-6 align-top text-xs leading-5 font-normal text-dim">
        {name}
      </th>
      {children}
    </tr>
  );
}

function Open({
  side,
  visit,
  arn,
}: {
  readonly side: Side;
  readonly visit: VisitView | undefined;
  readonly arn: string;
}) {
  const text = useText();
  const letter = text.compare.side[side];
  return (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <SideMark side={side} size={18} />
      <span className="sr-only">{letter}</span>
      {visit === undefined ? (
        <span className="text-xs font-normal text-dim">{text.compare.notEntered}</span>
      ) : (
        <Link
          to="/executions/$arn"
          params={{ arn }}
          search={{ visit: visit.id }}
          className="inline-flex min-h-6 items-center gap-1 text-xs font-normal text-accent hover:underline"
        >
          {text.compare.open(letter)}
          <ExternalLink aria-hidden size={12} />
        </Link>
      )}
    </span>
  );
}
