import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { graphImage } from "../../../graph/view/save-graph.ts";
import { useLayout } from "../../../graph/view/use-layout.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { CopyButton } from "../../../parts/copy.tsx";
import { Loading } from "../../../parts/layout.tsx";
import { saveFile } from "../../../parts/save-file.ts";
import { pngOf } from "./png.ts";

const noViews = new Map<string, never>();

/** The graph of a definition as a picture, in the colours of the theme. */
export function GraphPicture({
  definition,
  name,
}: {
  readonly definition: string;
  readonly name: string;
}) {
  const text = useText();
  const { ship: words, gallery } = useDesignerText();
  const { model, layout, problem } = useLayout(definition);
  const [hasFailed, setFailed] = useState(false);
  const image = useMemo(
    () =>
      layout === undefined
        ? undefined
        : graphImage({
            model,
            layout,
            views: noViews,
            taken: () => 0,
            decoration: undefined,
            text,
          }),
    [model, layout, text],
  );
  if (problem !== undefined) return <p className="text-fail">{problem}</p>;
  if (image === undefined) return <Loading />;
  const savePng = (): void => {
    setFailed(false);
    pngOf(image).then(
      (png) => saveFile(png, `${name}.png`, "image/png"),
      () => setFailed(true),
    );
  };
  return (
    <>
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(image)}`}
        alt={gallery.picture(name)}
        className="max-h-[50dvh] w-full rounded-lg border border-line object-contain"
      />
      {hasFailed && (
        <p role="alert" className="text-[13px] text-fail">
          {words.pngFailed}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <CopyButton value={image} label={words.copySvg} />
        <Button onPress={savePng}>
          <Download aria-hidden size={14} />
          {words.downloadPng}
        </Button>
        <Button
          look="primary"
          onPress={() => saveFile(image, `${name}.svg`, "image/svg+xml;charset=utf-8")}
        >
          <Download aria-hidden size={14} />
          {words.downloadSvg}
        </Button>
      </div>
    </>
  );
}
