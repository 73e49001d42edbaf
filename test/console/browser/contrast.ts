/// <reference lib="dom" />
import type { Page } from "playwright-core";

/**
 * Texts that stand out too little from what is behind them, by WCAG 2.2, 1.4.3: 4.5 to 1, or 3 to 1 for large ones; each pair of colours once.
 * *Documented*: what is disabled may. Behind a text is taken to be what its ancestors paint: axe, which looks at what lies there, needs as long
 * for one page as this for fifty.
 */
export function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    if (canvas === null) throw new Error("There is no canvas.");
    const known = new Map<string, Colour>();

    /** A colour of a style, in whatever notation, as the screen has it. */
    const colourOf = (text: string): Colour => {
      let colour = known.get(text);
      if (colour === undefined) {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = text;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
        colour = [red, green, blue, alpha / 255];
        known.set(text, colour);
      }
      return colour;
    };
    const over = (top: Colour, below: Colour, opacity = 1): Colour => {
      const alpha = top[3] * opacity;
      const mixed = (index: 0 | 1 | 2) => top[index] * alpha + below[index] * (1 - alpha);
      return [mixed(0), mixed(1), mixed(2), 1];
    };
    const luminance = (colour: Colour): number => {
      const linear = (index: 0 | 1 | 2): number => {
        const part = colour[index] / 255;
        return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
    };

    interface Behind {
      readonly colour: Colour;
      readonly opacity: number;
    }
    const backgrounds = new Map<Element, Behind | undefined>();
    /** What an element paints its texts on; `undefined`: a picture, of which nobody knows. */
    const behind = (element: Element | null): Behind | undefined => {
      if (element === null) return { colour: colourOf("Canvas"), opacity: 1 };
      if (backgrounds.has(element)) return backgrounds.get(element);
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const outer = behind(element.parentElement);
      const all = outer && outer.opacity * Number(opacity);
      const made =
        outer === undefined || all === undefined || backgroundImage !== "none"
          ? undefined
          : { colour: over(colourOf(backgroundColor), outer.colour, all), opacity: all };
      backgrounds.set(element, made);
      return made;
    };

    /** What is disabled; and what the browser paints by itself. */
    const exempt = ":disabled, [aria-disabled=true], option, script, style, noscript";
    const found = new Map<string, string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const element = text.parentElement;
      if (element === null || (text.textContent ?? "").trim() === "") continue;
      if (element instanceof SVGElement || element.closest(exempt)) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const under = behind(element);
      if (under === undefined) continue;
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const lights = [over(colourOf(color), under.colour, under.opacity), under.colour].map(
        luminance,
      );
      const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
      const size = Number.parseFloat(fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
      if (ratio >= (isLarge ? 3 : 4.5)) continue;
      const pair = `${ratio.toFixed(2)} to 1, ${color} on ${under.colour.slice(0, 3).map(Math.round)}`;
      if (!found.has(pair)) found.set(pair, element.outerHTML.slice(0, 200));
    }
    return Array.from(found, ([pair, html]) => `contrast ${pair}: ${html}`);
  });
}
