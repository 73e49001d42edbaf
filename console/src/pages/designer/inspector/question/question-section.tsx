import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import type { SlotNotation } from "../slot.ts";
import { useInspected, valueAt } from "../inspected.ts";
import { MemberField } from "../task/member-field.tsx";
import { FormEditor } from "./form-editor.tsx";
import { QuestionPreview } from "./question-preview.tsx";
import { isQuestion, questionPlace, waitsForAnswer } from "./question-place.ts";

/** What a task asks whoever answers it, where it waits for an answer: said in words, and seen as it will be. */
export function QuestionSection() {
  const { question: text } = useDesignerText();
  const { state, language } = useInspected();
  if (!waitsForAnswer(state.fields)) return null;
  const place = questionPlace(state.fields, language);
  const notation: SlotNotation = language === "JSONata" ? "jsonata" : "dollar";
  if (place === undefined || !isQuestion(valueAt(state.fields, place))) return null;
  const words = [
    { name: "title", label: text.title, rows: 1 },
    { name: "text", label: text.text, rows: 3 },
  ];
  return (
    <section aria-label={text.heading} className="flex flex-col gap-3">
      <div>
        <h3 className="text-[13px] font-semibold">{text.heading}</h3>
        <p className="mt-0.5 text-xs text-dim">{text.hint}</p>
      </div>
      {words.map((word) => (
        <MemberField
          key={word.name}
          holder={place}
          member={{ ...word, type: "text", isRequired: false }}
          notation={notation}
          nested={() => null}
        />
      ))}
      <FormEditor at={[...place, "schema"]} />
      <QuestionPreview />
    </section>
  );
}
