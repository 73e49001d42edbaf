import { Link, useNavigate } from "@tanstack/react-router";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { usePageTitle } from "../../../app/page-title.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat } from "../../../i18n/language.tsx";
import { IconButton, linkAsButton } from "../../../parts/button.tsx";
import { PageHead } from "../../../parts/layout.tsx";
import { later } from "../../../parts/later.tsx";
import { sampleNames } from "../../home/samples.ts";
import { useWorkflows } from "../../workflows/use-workflows.ts";
import { dropDraft, keptDrafts, starterOfDraft } from "../ship/kept-drafts.ts";
import { StarterCard } from "./starter-card.tsx";
import { orderExample } from "./starters/order-example.ts";
import { blank, starters, type NamedStarter } from "./starters/starters.ts";
import { useHasExamples } from "./use-has-examples.ts";
import { useRunStarter } from "./use-run-starter.ts";

const TryDialog = later(async () => (await import("./try-dialog.tsx")).TryDialog);

/** What a new workflow can begin with. */
export function GalleryPage() {
  const { gallery: text } = useDesignerText();
  const navigate = useNavigate();
  const [tried, setTried] = useState<NamedStarter>();
  usePageTitle(text.title);
  const run = useRunStarter();
  const hasExamples = useHasExamples();
  const use = (id: string) => void navigate({ to: "/design", search: { starter: id } });
  const offered = starters.filter(({ id }) => id !== orderExample.id || hasExamples);
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      <Drafts />
      <h2 className="sr-only">{text.starters}</h2>
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <li className="flex">
          <Blank />
        </li>
        {offered.map((starter) => (
          <li key={starter.id} className="flex min-w-0">
            <StarterCard
              starter={starter}
              onUse={() => use(starter.id)}
              onTry={() => setTried(starter)}
              isStarting={run.isPending}
              failure={run.variables === starter ? run.error : null}
              onRun={() => run.mutate(starter)}
            />
          </li>
        ))}
      </ul>
      <Examples />
      {tried !== undefined && (
        <TryDialog
          starter={tried}
          onUse={() => use(tried.id)}
          onClose={() => setTried(undefined)}
        />
      )}
    </>
  );
}

function Blank() {
  const { gallery: text } = useDesignerText();
  return (
    <div className="flex grow flex-col items-center justify-center gap-3 rounded-xl border border-dashed border-line-strong bg-surface p-6 text-center">
      <span className="flex h-10 w-10 items-center justify-center rounded-lg bg-accent-soft text-accent">
        <Plus aria-hidden size={20} />
      </span>
      <h3 className="text-[15px] font-semibold">{text.blank}</h3>
      <p className="text-[13px] text-dim">{text.blankText}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Link to="/design" search={{ starter: blank }} className={linkAsButton("plain")}>
          <Pencil aria-hidden size={13} />
          {text.design}
        </Link>
        <Link
          to="/design"
          search={{ starter: blank, mode: "code" }}
          title={text.fromTextHint}
          className={linkAsButton("plain")}
        >
          {text.fromText}
        </Link>
      </div>
    </div>
  );
}

/** New workflows that were begun and not saved, in this browser. */
function Drafts() {
  const { gallery: text } = useDesignerText();
  const format = useFormat();
  const [drafts, setDrafts] = useState(keptDrafts);
  const begun = drafts.flatMap(({ key, at }) => {
    const starter = starterOfDraft(key);
    return starter === undefined ? [] : [{ key, at, starter, name: nameOf(starter, text.names) }];
  });
  if (begun.length === 0) return null;
  return (
    <Section title={text.drafts}>
      <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
        {begun.map(({ key, at, starter, name }) => (
          <li key={key} className="flex flex-wrap items-center gap-3 px-4 py-2 text-[13px]">
            <span className="grow">{text.draftOf(name, format.dateTime(at))}</span>
            <Link to="/design" search={{ starter }} className={linkAsButton("plain")}>
              {text.continue}
            </Link>
            <IconButton
              label={text.discardNamed(name)}
              onPress={() => {
                dropDraft(key);
                setDrafts(keptDrafts());
              }}
            >
              <Trash2 aria-hidden size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Those that came with the server: they are real, and so is what they call. */
function Examples() {
  const { gallery: text } = useDesignerText();
  const { data = [] } = useWorkflows();
  const found = sampleNames.flatMap((name) => data.filter((each) => each.name === name));
  if (found.length === 0) return null;
  return (
    <Section title={text.examples}>
      <p className="mb-2 text-[13px] text-dim">{text.examplesText}</p>
      <ul className="flex flex-wrap gap-2">
        {found.map(({ stateMachineArn, name }) => (
          <li key={stateMachineArn}>
            <Link
              to="/workflows/$arn/design"
              params={{ arn: stateMachineArn }}
              className={linkAsButton("plain")}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="my-6 first:mt-0">
      <h2 className="mb-2 text-[13px] font-semibold">{title}</h2>
      {children}
    </section>
  );
}

/** The name of a starter; a draft's may be of one that is no more. */
function nameOf(id: string, names: Readonly<Record<string, string>>): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id;
}
