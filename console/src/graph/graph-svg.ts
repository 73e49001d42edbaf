import { cardDetail, edgeLabel, type GraphWords } from "./graph-words.ts";
import type { Box, GraphLayout } from "./layout.ts";
import type { GraphEdge, GraphModel, GraphNode } from "./model.ts";
import { arrowHead, roundedPath } from "./view/rounded-path.ts";

/** How a state is drawn: the colours of its card, and a word beside what it does. */
export interface SvgLook {
  readonly fill: string;
  readonly stroke: string;
  readonly word?: string | undefined;
}

export interface SvgLooks {
  readonly ground: string;
  readonly surface: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly card: (node: GraphNode) => SvgLook;
  /** Absent: nobody went that way. */
  readonly edge: (edge: GraphEdge) => string | undefined;
  readonly words: GraphWords;
}

const margin = 24;

/** A graph as an image that stands by itself: an SVG file. */
export function graphSvg(model: GraphModel, layout: GraphLayout, looks: SvgLooks): string {
  const [width, height] = [layout.width + 2 * margin, layout.height + 2 * margin];
  const placed = [...model.nodes.values()].flatMap((node) => {
    const box = layout.nodes.get(node.key);
    return box === undefined ? [] : [{ node, box }];
  });
  const holders = placed.filter(({ node }) => node.scopes.length > 0);
  const cards = placed.filter(({ node }) => node.scopes.length === 0);
  const edges = [...model.edges.values()];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" font-family="system-ui, sans-serif">`,
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${looks.ground}"/>`,
    ...holders.map(({ node, box }) => holderSvg(node, box, looks)),
    ...edges.map((edge) => edgeSvg(edge, layout, looks)),
    ...edges.map((edge) => labelSvg(edge, layout, looks)),
    ...cards.map(({ node, box }) =>
      node.type === "Start" || node.type === "End"
        ? pillSvg(node.type === "Start" ? looks.words.start : looks.words.end, box, looks)
        : cardSvg(node, box, looks),
    ),
    "</svg>",
  ].join("\n");
}

function cardSvg(node: GraphNode, box: Box, looks: SvgLooks): string {
  const { fill, stroke, word } = looks.card(node);
  const detail = [cardDetail(node, looks.words), word ?? ""]
    .filter((part) => part !== "")
    .join(" · ");
  const middle = box.height / 2;
  return `${rect(box, 8, fill, stroke)}${within(
    box,
    `${text(12, middle - 4, node.name, looks.text, 13, 600)}${text(12, middle + 13, detail, looks.dim, 11)}`,
  )}`;
}

function holderSvg(node: GraphNode, box: Box, looks: SvgLooks): string {
  const { stroke, word } = looks.card(node);
  const title = word === undefined ? node.name : `${node.name} · ${word}`;
  return `${rect(box, 12, looks.surface, stroke)}${within(box, text(12, 22, title, looks.text, 13, 600))}`;
}

function pillSvg(word: string, box: Box, looks: SvgLooks): string {
  const { x, y, width, height } = box;
  return `${rect(box, height / 2, looks.surface, looks.line)}${text(x + width / 2, y + height / 2 + 4, word, looks.dim, 12, 400, "middle")}`;
}

function edgeSvg(edge: GraphEdge, layout: GraphLayout, looks: SvgLooks): string {
  const route = layout.edges.get(edge.id);
  if (route === undefined) return "";
  const gone = looks.edge(edge);
  const [colour, size] = [gone ?? looks.line, gone === undefined ? 1.25 : 2.5];
  const dash = edge.kind === "catch" ? ' stroke-dasharray="5 4"' : "";
  return `<path d="${roundedPath(route.points)}" fill="none" stroke="${colour}" stroke-width="${size}"${dash}/><polygon points="${arrowHead(route.points, 8)}" fill="${colour}"/>`;
}

function labelSvg(edge: GraphEdge, layout: GraphLayout, looks: SvgLooks): string {
  const at = layout.edges.get(edge.id)?.label;
  if (at === undefined || edge.label === "") return "";
  const label = edgeLabel(edge, looks.words);
  const width = label.length * 6.4 + 14;
  const box = { x: at.x - width / 2, y: at.y - 9, width, height: 18 };
  return `${rect(box, 4, looks.surface, looks.line)}${text(at.x, at.y + 4, label, looks.dim, 11, 400, "middle")}`;
}

function rect({ x, y, width, height }: Box, radius: number, fill: string, stroke: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${stroke}"/>`;
}

/** An inner drawing cuts off what is too long for its box. */
function within({ x, y, width, height }: Box, drawing: string): string {
  return `<svg x="${x}" y="${y}" width="${width - 8}" height="${height}">${drawing}</svg>`;
}

function text(
  x: number,
  y: number,
  words: string,
  fill: string,
  size: number,
  weight = 400,
  anchor = "start",
): string {
  return `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** As XML may have it: what no XML document can hold is left out. */
function escaped(words: string): string {
  return (
    words
      .toWellFormed()
      // eslint-disable-next-line no-control-regex -- these are what is left out
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)
  );
}
