import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Upload } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { awsLine } from "../start/command-line.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { AliasRow } from "./alias-row.tsx";
import { CompareDefinitions } from "./compare-definitions.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import {
  qualifierOf,
  type Alias,
  type AliasPage,
  type StateMachine,
  type VersionPage,
} from "./state-machine.ts";
import { useVersionOutcomes } from "./use-version-outcomes.ts";
import { workflowKeys } from "./use-workflows.ts";
import { VersionTable } from "./version-table.tsx";
import type { WorkflowSearch } from "./workflows-search.ts";

/** Our choice: as many of each are read at once; more are asked for. */
const pageSize = 20;

type Open =
  | { readonly dialog: "publish" }
  | { readonly dialog: "alias"; readonly alias?: Alias }
  | { readonly dialog: "deleteVersion"; readonly arn: string }
  | { readonly dialog: "deleteAlias"; readonly arn: string };

export function VersionsTab({
  machine,
  search,
  onSearch,
}: {
  readonly machine: StateMachine;
  readonly search: WorkflowSearch;
  readonly onSearch: (change: WorkflowSearch) => void;
}) {
  const text = useText();
  const { stateMachineArn } = machine;
  const region = regionOf(stateMachineArn);
  const client = useQueryClient();
  const compare = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<Open>();
  const versions = useInfiniteQuery({
    queryKey: workflowKeys.versions(stateMachineArn),
    queryFn: ({ pageParam }) =>
      server.call<VersionPage>(
        "ListStateMachineVersions",
        { stateMachineArn, maxResults: pageSize, ...(pageParam && { nextToken: pageParam }) },
        region,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextToken }) => nextToken,
  });
  const aliases = useInfiniteQuery({
    queryKey: workflowKeys.aliases(stateMachineArn),
    queryFn: ({ pageParam }) =>
      server.call<AliasPage>(
        "ListStateMachineAliases",
        { stateMachineArn, maxResults: pageSize, ...(pageParam && { nextToken: pageParam }) },
        region,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextToken }) => nextToken,
  });
  const known = versions.data?.pages.flatMap((page) => page.stateMachineVersions) ?? [];
  const numbers = known.map((version) => qualifierOf(version.stateMachineVersionArn));
  const outcomes = useVersionOutcomes(stateMachineArn);
  const close = () => setOpen(undefined);
  const remove = async (operation: string, input: object) => {
    await server.call(operation, input, region);
    void client.invalidateQueries({ queryKey: workflowKeys.machine(stateMachineArn) });
  };

  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Card
          title={text.workflows.versions}
          aside={
            <Button onPress={() => setOpen({ dialog: "publish" })}>
              <Upload aria-hidden size={14} />
              {text.workflows.publish}
            </Button>
          }
          flush
        >
          <Read query={versions}>
            {() =>
              known.length === 0 ? (
                <NoVersions stateMachineArn={stateMachineArn} />
              ) : (
                <VersionTable
                  stateMachineArn={stateMachineArn}
                  versions={known}
                  outcomes={outcomes?.versions}
                  onCompare={(version) => {
                    onSearch({ from: version, to: "current" });
                    compare.current?.scrollIntoView({ block: "start" });
                  }}
                  onDelete={(arn) => setOpen({ dialog: "deleteVersion", arn })}
                />
              )
            }
          </Read>
          <Older query={versions} />
        </Card>
        <Card
          title={text.workflows.aliases}
          aside={
            <Button isDisabled={known.length === 0} onPress={() => setOpen({ dialog: "alias" })}>
              <Plus aria-hidden size={14} />
              {text.workflows.createAlias}
            </Button>
          }
          flush
        >
          <Read query={aliases}>
            {({ pages }) => {
              const arns = pages.flatMap(({ stateMachineAliases }) =>
                stateMachineAliases.map((alias) => alias.stateMachineAliasArn),
              );
              if (arns.length === 0) {
                return (
                  <Empty title={text.workflows.aliasesEmpty}>
                    {known.length === 0
                      ? text.workflows.aliasesNeedVersion
                      : text.workflows.aliasesHint}
                  </Empty>
                );
              }
              return (
                <ul className="divide-y divide-line">
                  {arns.map((arn) => (
                    <AliasRow
                      key={arn}
                      stateMachineArn={stateMachineArn}
                      arn={arn}
                      outcomes={
                        outcomes?.aliases.find(({ alias }) => alias === qualifierOf(arn))?.versions
                      }
                      onEdit={(alias) => setOpen({ dialog: "alias", alias })}
                      onDelete={() => setOpen({ dialog: "deleteAlias", arn })}
                    />
                  ))}
                </ul>
              );
            }}
          </Read>
          <Older query={aliases} />
        </Card>
      </div>
      <div ref={compare} className="scroll-mt-16">
        {versions.data !== undefined && (
          <CompareDefinitions
            stateMachineArn={stateMachineArn}
            versions={numbers}
            search={search}
            onSearch={onSearch}
          />
        )}
      </div>
      {open?.dialog === "publish" && <PublishDialog machine={machine} onClose={close} />}
      {open?.dialog === "alias" && (
        <AliasDialog
          stateMachineArn={stateMachineArn}
          versions={numbers}
          alias={open.alias}
          outcomes={outcomes?.versions}
          onClose={close}
        />
      )}
      {open?.dialog === "deleteVersion" && (
        <ConfirmDialog
          title={text.workflows.deleteVersion(qualifierOf(open.arn))}
          hint={text.workflows.deleteVersionHint}
          action={text.workflows.delete}
          perform={() => remove("DeleteStateMachineVersion", { stateMachineVersionArn: open.arn })}
          onClose={close}
        />
      )}
      {open?.dialog === "deleteAlias" && (
        <ConfirmDialog
          title={text.workflows.deleteAlias(qualifierOf(open.arn))}
          hint={text.workflows.deleteAliasHint}
          action={text.workflows.delete}
          perform={() => remove("DeleteStateMachineAlias", { stateMachineAliasArn: open.arn })}
          onClose={close}
        />
      )}
    </div>
  );
}

function Older({
  query,
}: {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
}): ReactNode {
  const text = useText();
  if (!query.hasNextPage) return null;
  return (
    <div className="flex justify-center border-t border-line p-2">
      <Button
        look="quiet"
        isDisabled={query.isFetchingNextPage}
        onPress={() => void query.fetchNextPage()}
      >
        {query.isFetchingNextPage ? text.app.loading : text.workflows.more}
      </Button>
    </div>
  );
}

function NoVersions({ stateMachineArn }: { readonly stateMachineArn: string }) {
  const text = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  return (
    <>
      <Empty title={text.workflows.versionsEmpty}>{text.workflows.versionsHint}</Empty>
      <div className="px-4 pb-4">
        <CodeBlock
          label={text.start.cli}
          code={awsLine("publish-state-machine-version", {
            "endpoint-url": session.data?.endpoint,
            region: regionOf(stateMachineArn),
            "state-machine-arn": stateMachineArn,
          })}
        />
      </div>
    </>
  );
}
