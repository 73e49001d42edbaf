import { useMemo } from "react";
import { graphImage } from "../../../graph/view/save-graph.ts";
import { useLayout } from "../../../graph/view/use-layout.ts";
import { useText } from "../../../i18n/language.tsx";

const noViews = new Map<string, never>();

/** A small picture of a definition: to be recognised by, not to be worked with. */
export function StarterPicture({
  definition,
  label,
}: {
  readonly definition: string;
  readonly label: string;
}) {
  const text = useText();
  const { model, layout } = useLayout(definition);
  const image = useMemo(
    () =>
      layout &&
      graphImage({ model, layout, views: noViews, taken: () => 0, decoration: undefined, text }),
    [model, layout, text],
  );
  return (
    <div className="flex h-52 items-center justify-center bg-bg p-2">
      {image !== undefined && (
        <img
          src={`data:image/svg+xml;utf8,${encodeURIComponent(image)}`}
          alt={label}
          className="h-full w-full object-contain"
        />
      )}
    </div>
  );
}
