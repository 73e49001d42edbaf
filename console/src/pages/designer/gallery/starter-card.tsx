import { FlaskConical, Play } from "lucide-react";
import { useMemo } from "react";
import { graphModel } from "../../../graph/model.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Problem } from "../../../parts/field.tsx";
import { StarterPicture } from "./starter-picture.tsx";
import type { NamedStarter } from "./starters/starters.ts";

/** A starter: its picture, what it does, and the ways on. */
export function StarterCard({
  starter: { id, definition, cases },
  isStarting,
  failure,
  onUse,
  onTry,
  onRun,
}: {
  readonly starter: NamedStarter;
  /** Some starter is being saved and started. */
  readonly isStarting: boolean;
  /** Why this one could not be. */
  readonly failure: Error | null;
  readonly onUse: () => void;
  readonly onTry: () => void;
  readonly onRun: () => void;
}) {
  const { gallery: text } = useDesignerText();
  const format = useFormat();
  const name = text.names[id];
  const states = useMemo(() => {
    const keys = [...graphModel(JSON.parse(definition) as unknown).nodes.keys()];
    return keys.filter((key) => !key.startsWith("/#")).length;
  }, [definition]);
  return (
    <article
      aria-label={name}
      className="flex min-w-0 grow flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-card"
    >
      <StarterPicture definition={definition} label={text.picture(name)} />
      <div className="flex grow flex-col gap-2 border-t border-line p-4">
        <h3 className="text-[15px] leading-snug font-semibold">{name}</h3>
        <p className="grow text-[13px] text-dim">{text.texts[id]}</p>
        <p className="text-xs text-dim tabular-nums">
          {text.states(format.number(states))} · {text.cases(format.number(cases.length))}
        </p>
        <div className="mt-1 flex flex-wrap gap-2">
          <Button look="primary" aria-label={text.useNamed(name)} onPress={onUse}>
            {text.use}
          </Button>
          <Button aria-label={text.tryNamed(name)} onPress={onTry}>
            <FlaskConical aria-hidden size={13} />
            {text.tryIt}
          </Button>
          <Button aria-label={text.runNamed(name)} isDisabled={isStarting} onPress={onRun}>
            <Play aria-hidden size={13} />
            {text.runIt}
          </Button>
        </div>
        <Problem error={failure} />
      </div>
    </article>
  );
}
