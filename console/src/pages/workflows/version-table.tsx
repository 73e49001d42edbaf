import { useQueries } from "@tanstack/react-query";
import { GitCompareArrows, Trash2 } from "lucide-react";
import type { OutcomeView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { Outcome } from "./outcome.tsx";
import { describedOptions, qualifierOf, type Version } from "./state-machine.ts";

/** Versions, the newest first, with how each did. */
export function VersionTable({
  stateMachineArn,
  versions,
  outcomes,
  onCompare,
  onDelete,
}: {
  readonly stateMachineArn: string;
  readonly versions: readonly Version[];
  readonly outcomes: readonly OutcomeView[] | undefined;
  readonly onCompare: (version: string) => void;
  readonly onDelete: (arn: string) => void;
}) {
  const text = useText();
  const unpublished = outcomes?.find(({ version }) => version === undefined);
  // The list does not say what a version is for; each version does.
  const described = useQueries({
    queries: versions.map(({ stateMachineVersionArn: arn }) =>
      describedOptions(stateMachineArn, arn),
    ),
  });
  return (
    <Table label={text.workflows.versions}>
      <thead>
        <tr>
          <Head>{text.workflows.version}</Head>
          <Head>{text.workflows.description}</Head>
          <Head>{text.workflows.created}</Head>
          <Head>{text.rollout.outcome}</Head>
          <Head className="relative">
            <span className="sr-only">{text.workflows.actions}</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {versions.map(({ stateMachineVersionArn: arn, creationDate }, index) => {
          const version = qualifierOf(arn);
          return (
            <tr key={arn} className={rowLook}>
              <Cell className="w-24 whitespace-nowrap">
                <span className="inline-flex items-center gap-1.5 font-medium tabular-nums">
                  {version}
                  <CopyButton value={arn} label={text.workflows.copyArn} />
                </span>
              </Cell>
              <Cell className="min-w-32 text-dim">
                {described[index]?.data?.description ?? "–"}
              </Cell>
              <Cell className="text-dim">
                <Ago at={creationDate * 1_000} />
              </Cell>
              <Cell className="whitespace-nowrap">
                <Outcome
                  outcome={outcomes?.find((each) => each.version === version)}
                  label={text.rollout.outcomeOf(version)}
                />
              </Cell>
              <Cell className="py-1! pl-0! text-right whitespace-nowrap">
                <IconButton
                  label={text.workflows.compareWith(version)}
                  onPress={() => onCompare(version)}
                >
                  <GitCompareArrows aria-hidden size={15} />
                </IconButton>
                <IconButton
                  label={text.workflows.deleteVersion(version)}
                  onPress={() => onDelete(arn)}
                >
                  <Trash2 aria-hidden size={14} />
                </IconButton>
              </Cell>
            </tr>
          );
        })}
        {unpublished !== undefined && (
          <tr className={rowLook}>
            <Cell className="text-faint">–</Cell>
            <Cell className="text-dim">
              <span title={text.rollout.unpublishedHint}>{text.rollout.unpublished}</span>
            </Cell>
            <Cell />
            <Cell className="whitespace-nowrap">
              <Outcome outcome={unpublished} label={text.rollout.unpublished} />
            </Cell>
            <Cell />
          </tr>
        )}
      </tbody>
    </Table>
  );
}
