import type { NodeView } from "../../../../src/console/view-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { saveFile } from "../../parts/save-file.ts";
import { toneOf } from "../../parts/status.tsx";
import { graphSvg } from "../graph-svg.ts";
import type { GraphLayout } from "../layout.ts";
import type { GraphEdge, GraphModel } from "../model.ts";
import type { GraphDecoration } from "./graph-mark.ts";
import { statusOfNode } from "./node-status.ts";

/** Saves a graph as it is shown; its file is called as the page is. */
export function saveGraph(shown: ShownGraph): void {
  const name = document.title.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-") || "graph";
  saveFile(graphImage(shown), `${name}.svg`, "image/svg+xml");
}

export interface ShownGraph {
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  readonly views: ReadonlyMap<string, NodeView>;
  readonly taken: (edge: GraphEdge) => number;
  readonly decoration: GraphDecoration | undefined;
  readonly text: Catalogue;
}

/** A graph as it is shown, in the colours of the theme: the text of an SVG file. */
export function graphImage({ model, layout, views, taken, decoration, text }: ShownGraph): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return graphSvg(model, layout, {
    ground: colour("bg"),
    surface: colour("surface"),
    text: colour("text"),
    dim: colour("dim"),
    line: colour("edge"),
    words: text.graph,
    card({ key }) {
      const mark = decoration?.marks.get(key);
      const status = statusOfNode(views.get(key));
      const tone = mark?.tone ?? (status && toneOf(status));
      const word = mark?.word ?? (status && text.status[status]);
      if (tone === undefined) return { fill: colour("surface"), stroke: colour("line-strong") };
      return { fill: colour(`${tone}-soft`), stroke: colour(tone), word };
    },
    edge(edge) {
      const tone = decoration?.toneOfEdge(edge);
      if (tone !== undefined) return colour(tone);
      if (taken(edge) === 0) return undefined;
      return colour(edge.kind === "catch" ? "fail" : "ok");
    },
  });
}
