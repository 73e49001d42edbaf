import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { readDefinition } from "../../../../designer/document/read-definition.ts";
import { graphIndex, indexOf } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { inputLook, Problem } from "../../../../parts/field.tsx";
import { useDesignerView } from "../../use-designer.ts";
import { newNames, renameInCases, strangersIn } from "./rename-in-cases.ts";

/** States that were renamed in the text and not in the cases: offers to do it there, too. */
export function Strangers({
  cases,
  onPut,
}: {
  readonly cases: readonly TestCase[];
  readonly onPut: (cases: readonly TestCase[]) => Promise<void>;
}) {
  const text = useDesignerText().trying.cases;
  const base = useDesignerView((view) => view.base);
  const document = useDesignerView((view) => view.readable);
  const names = graphIndex(document).names;
  const before = useMemo(() => indexOf(readDefinition(base).value).names, [base]);
  const strangers = useMemo(() => strangersIn(cases, names), [cases, names]);
  const fresh = newNames(before, names);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  // One old name and one new one: they are the same state, as far as one can guess.
  const guess = strangers.length === 1 && fresh.length === 1 ? fresh[0] : undefined;
  const nameOf = (stranger: string) => chosen[stranger] ?? guess ?? "";
  const renames = Object.fromEntries(
    strangers.flatMap((name) => (nameOf(name) === "" ? [] : [[name, nameOf(name)]])),
  );
  const rename = useMutation({ mutationFn: () => onPut(renameInCases(cases, renames)) });
  if (strangers.length === 0) return null;
  return (
    <div role="status" className="border-b border-line bg-wait-soft px-3 py-2 text-[13px]">
      <p>{text.strangers}</p>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        {strangers.map((stranger) => (
          <label key={stranger} className="flex items-center gap-1.5">
            <b className="font-medium">{text.renamedTo(stranger)}</b>
            <select
              value={nameOf(stranger)}
              onChange={(event) => setChosen({ ...chosen, [stranger]: event.target.value })}
              className={`${inputLook} h-7 w-48!`}
            >
              <option value="">{text.nowhere}</option>
              {[...names].map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
        <Button
          isDisabled={Object.keys(renames).length === 0 || rename.isPending}
          onPress={() => rename.mutate()}
        >
          {text.rename}
        </Button>
      </div>
      <div className="mt-1.5 empty:hidden">
        <Problem error={rename.error} />
      </div>
    </div>
  );
}
