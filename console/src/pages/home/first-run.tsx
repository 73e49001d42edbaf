import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CodeXml, Play, Plus, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { PageHead } from "../../parts/layout.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { CliLine } from "../executions/cli-line.tsx";
import { RunSample } from "./run-sample.tsx";
import { createSnippet, snippetLanguages, startSnippet } from "./snippets.ts";

/** The page of a server on which nothing has run: three ways to begin. */
export function FirstRun({ workflows }: { readonly workflows: readonly WorkflowRow[] }) {
  const text = useText();
  const words = text.home.first;
  return (
    <>
      <PageHead title={text.home.title} hint={words.hint} />
      <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <Way icon={Play} title={words.sample.title} hint={words.sample.text}>
          <RunSample workflows={workflows} />
        </Way>
        <Way icon={CodeXml} title={words.code.title} hint={words.code.text}>
          <FromCode workflows={workflows} />
        </Way>
        <Way icon={Plus} title={words.draw.title} hint={words.draw.text}>
          <CreateOne />
        </Way>
      </div>
    </>
  );
}

function Way({
  icon: Icon,
  title,
  hint,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex min-w-0 flex-col gap-4 rounded-xl border border-line bg-surface p-5 shadow-card">
      <div className="flex gap-3.5">
        <span className="flex h-9 w-9 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent">
          <Icon aria-hidden size={18} />
        </span>
        <div className="min-w-0">
          <h2 className="text-[15px] leading-snug font-semibold">{title}</h2>
          <p className="mt-0.5 text-[13px] text-dim">{hint}</p>
        </div>
      </div>
      {children}
    </section>
  );
}

function FromCode({ workflows }: { readonly workflows: readonly WorkflowRow[] }) {
  const words = useText().home.first.code;
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const [language, setLanguage] = useState<string>("cli");
  if (session.data === undefined) return null;
  const place = session.data;
  const workflow = workflows.find(({ name }) => name === "hello-world") ?? workflows[0];
  const name = workflow?.name ?? "hello-world";
  const arn =
    workflow?.stateMachineArn ??
    `arn:aws:states:${place.region}:${place.accountId}:stateMachine:${name}`;
  return (
    <>
      <Tabs
        label={words.language}
        selected={language}
        onSelect={setLanguage}
        panelClassName="pt-3"
        items={snippetLanguages.map((id) => ({
          id,
          label: words[id],
          content: (
            <CliLine code={startSnippet(id, place, arn, name)} label={words.snippet(words[id])} />
          ),
        }))}
      />
      <p className="text-xs text-dim">{words.credentials}</p>
    </>
  );
}

function CreateOne() {
  const words = useText().home.first.draw;
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  return (
    <>
      <Link
        to="/design"
        className="inline-flex h-8 w-fit items-center rounded-md border border-line bg-surface px-3 text-[13px] font-medium hover:border-line-strong hover:bg-sunken"
      >
        {words.go}
      </Link>
      {session.data !== undefined && (
        <div>
          <p className="mb-1 text-xs text-dim">{words.cli}</p>
          <CliLine code={createSnippet(session.data)} label={words.cli} />
        </div>
      )}
    </>
  );
}
