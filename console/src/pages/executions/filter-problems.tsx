import { TriangleAlert } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import type { FilterPiece } from "./filter-pieces.ts";

/** What of a filter says nothing, in words. */
export function FilterProblems({
  pieces,
  unindexed,
}: {
  readonly pieces: readonly FilterPiece[];
  /** Members of inputs and outputs that no workflow indexes. */
  readonly unindexed: readonly string[];
}) {
  const words = useText().executions.filter.problem;
  const problems = pieces.flatMap(({ problem, field, value }) => {
    if (problem !== undefined) {
      return [words[problem](problem === "field" || problem === "value" ? field : value)];
    }
    return unindexed.includes(field) ? [words.unindexed(field)] : [];
  });
  return (
    <div role="status">
      {problems.length > 0 && (
        <ul className="mt-1.5 flex flex-col gap-1 text-[13px] text-fail">
          {[...new Set(problems)].map((problem) => (
            <li key={problem} className="flex items-start gap-1.5">
              <TriangleAlert aria-hidden size={14} className="mt-0.5 shrink-0" />
              <span className="min-w-0 break-words">{problem}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
