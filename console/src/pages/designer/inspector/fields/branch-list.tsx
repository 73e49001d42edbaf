import { arrayOf } from "../../../../graph/json.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { useDesigner } from "../../use-designer.ts";
import { useInspected } from "../inspected.ts";
import { EntryCard } from "./entry-card.tsx";
import { EntryList } from "./entry-list.tsx";

/** The branches of a Parallel, with the states in them. */
export function BranchList() {
  const { inspector: text } = useDesignerText();
  const { store } = useDesigner();
  const { state } = useInspected();
  const { length } = arrayOf(state.fields["Branches"]);
  return (
    <EntryList title={text.branches} field="Branches" add={text.addBranch} hint={text.branchesHint}>
      {Array.from({ length }, (_, index) => {
        const states = [...(state.scopes[index]?.states.values() ?? [])];
        return (
          <EntryCard
            key={index}
            field="Branches"
            index={index}
            count={length}
            title={states.map(({ name }) => name).join(", ") || text.emptyBranch}
          >
            <ul className="flex flex-wrap gap-1">
              {states.map((each) => (
                <li key={each.key}>
                  <Button className="h-7! px-2! text-xs!" onPress={() => store.select([each.key])}>
                    {each.name}
                  </Button>
                </li>
              ))}
            </ul>
            {states.length === 0 && <p className="text-xs text-dim">{text.emptyBranch}</p>}
          </EntryCard>
        );
      })}
    </EntryList>
  );
}
