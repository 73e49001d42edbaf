import tokens from "../app/tokens.css?raw";
import { graph as words } from "../i18n/en/graph.ts";
import { graphSvg } from "./graph-svg.ts";
import { layoutGraph } from "./layout.ts";
import { graphModel } from "./model.ts";

/** The themes that an image can have. */
export type GraphTheme = "light" | "dark";

/**
 * The picture of a definition that the console draws and saves, as an SVG file: for the command line, where there is no browser. It is
 * bundled for Node (`vite.graph.config.ts`), and loaded by `stepwell graph`.
 */
export async function graphFile(definition: unknown, theme: GraphTheme): Promise<string> {
  const model = graphModel(definition);
  const layout = await layoutGraph(model, {
    elk: async () => new (await import("elkjs/lib/elk.bundled.js")).default(),
    // Nobody waits for it as for a page: a slow machine draws the same picture.
    elkTimeoutMs: 60_000,
  });
  const colour = colours(theme);
  return graphSvg(model, layout, {
    ground: colour("bg"),
    surface: colour("surface"),
    text: colour("text"),
    dim: colour("dim"),
    line: colour("edge"),
    words,
    card: () => ({ fill: colour("surface"), stroke: colour("line-strong") }),
    edge: () => undefined,
  });
}

/** The colours of a theme, from the one place that has them. */
function colours(theme: GraphTheme): (name: string) => string {
  const start = tokens.indexOf(`[data-theme="${theme}"] {`);
  const block = tokens.slice(start, tokens.indexOf("}", start));
  return (name) => {
    const [, value] = new RegExp(`--${name}: ([^;]+);`).exec(block) ?? [];
    if (value === undefined) throw new Error(`the theme ${theme} has no colour ${name}`);
    return value;
  };
}
