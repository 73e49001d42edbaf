import { useInfiniteQuery, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { GitCompareArrows, Pencil, Plus, Trash2, Upload } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { awsLine } from "../start/command-line.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { CompareDefinitions } from "./compare-definitions.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import {
  describedOptions,
  qualifierOf,
  type Alias,
  type AliasPage,
  type StateMachine,
  type Version,
  type VersionPage,
} from "./state-machine.ts";
import { workflowKeys } from "./use-workflows.ts";
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

function VersionTable({
  stateMachineArn,
  versions,
  onCompare,
  onDelete,
}: {
  readonly stateMachineArn: string;
  readonly versions: readonly Version[];
  readonly onCompare: (version: string) => void;
  readonly onDelete: (arn: string) => void;
}) {
  const text = useText();
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
      </tbody>
    </Table>
  );
}

function AliasRow({
  stateMachineArn,
  arn,
  onEdit,
  onDelete,
}: {
  readonly stateMachineArn: string;
  readonly arn: string;
  readonly onEdit: (alias: Alias) => void;
  readonly onDelete: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const name = qualifierOf(arn);
  const { data: alias } = useQuery({
    queryKey: workflowKeys.alias(stateMachineArn, arn),
    queryFn: () =>
      server.call<Alias>("DescribeStateMachineAlias", { stateMachineAliasArn: arn }, regionOf(arn)),
  });
  const [first, second] = alias?.routingConfiguration ?? [];
  return (
    <li className="flex items-start gap-2 px-4 py-2.5">
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-1.5">
          <span className="font-medium break-all">{name}</span>
          <CopyButton value={arn} label={text.workflows.copyArn} />
          {alias !== undefined && (
            <span className="text-xs text-dim">
              {text.workflows.updated} <Ago at={alias.updateDate * 1_000} />
            </span>
          )}
        </div>
        {alias?.description !== undefined && alias.description !== "" && (
          <p className="text-[13px] break-words text-dim">{alias.description}</p>
        )}
        {first !== undefined && (
          <div className="mt-1.5 max-w-sm">
            <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full bg-sunken">
              <div className="bg-accent" style={{ width: `${first.weight}%` }} />
              {second !== undefined && <div className="grow bg-run" />}
            </div>
            <div className="mt-1 flex flex-wrap justify-between gap-x-4 text-xs text-dim tabular-nums">
              {[first, second].map((route, index) =>
                route === undefined ? null : (
                  <span
                    key={route.stateMachineVersionArn}
                    className="inline-flex items-center gap-1.5"
                  >
                    <span
                      aria-hidden
                      className={`h-2 w-2 rounded-sm ${index === 0 ? "bg-accent" : "bg-run"}`}
                    />
                    {text.workflows.versionNumber(qualifierOf(route.stateMachineVersionArn))} ·{" "}
                    {format.percent(route.weight / 100)}
                  </span>
                ),
              )}
            </div>
          </div>
        )}
      </div>
      <IconButton
        label={text.workflows.editAlias(name)}
        isDisabled={alias === undefined}
        onPress={() => alias !== undefined && onEdit(alias)}
      >
        <Pencil aria-hidden size={14} />
      </IconButton>
      <IconButton label={text.workflows.deleteAlias(name)} onPress={onDelete}>
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </li>
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
