import { useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { useCallback, useMemo } from "react";
import { useLive } from "../../api/live.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { Card, PageHead } from "../../parts/layout.tsx";
import { ChooseRun } from "./choose-run.tsx";
import type { CompareSearch } from "./compare-search.ts";
import { Comparison } from "./comparison.tsx";

/** Two executions side by side: where they went, and where they first differ. */
export function ComparePage() {
  const text = useText();
  const search = useSearch({ from: "/executions/compare" });
  const navigate = useNavigate({ from: "/executions/compare" });
  useLive({ executions: false });
  usePageTitle(text.compare.title);
  const change = useCallback(
    (next: CompareSearch) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const { a, b } = search;
  const chosen = useMemo(() => (a !== undefined && b !== undefined ? { a, b } : undefined), [a, b]);
  const missing = a === undefined ? "a" : "b";
  return (
    <>
      <PageHead title={text.compare.title} hint={text.compare.hint}>
        {chosen !== undefined && (
          <IconButton
            label={text.compare.swap}
            look="plain"
            onPress={() => change({ a: b, b: a, pair: mirrored(search.pair) })}
          >
            <ArrowLeftRight aria-hidden size={15} />
          </IconButton>
        )}
      </PageHead>
      {chosen === undefined ? (
        <Card title={text.compare.choose(text.compare.side[missing])} className="mx-auto max-w-xl">
          {a === undefined && <p className="mb-3 text-dim">{text.compare.noFirst}</p>}
          <ChooseRun
            near={a ?? b}
            onChoose={(arn) => change(missing === "a" ? { a: arn } : { b: arn })}
          />
        </Card>
      ) : (
        <Comparison key={`${chosen.a} ${chosen.b}`} {...chosen} search={search} onChange={change} />
      )}
    </>
  );
}

/** The same state, with the executions exchanged. */
function mirrored(pair: string | undefined): string | undefined {
  const [, a, b] = /^(?:a(\d+))?(?:b(\d+))?$/.exec(pair ?? "") ?? [];
  if (a === undefined && b === undefined) return undefined;
  return `${b === undefined ? "" : `a${b}`}${a === undefined ? "" : `b${a}`}`;
}
