/** Where a value is in a document: the names and indexes on the way to it. */
export type ValuePath = readonly (string | number)[];

/** `$.order.items[0]['unit price']` */
export function asJsonPath(path: ValuePath): string {
  return `$${path
    .map((step) => {
      if (typeof step === "number") return `[${step}]`;
      if (/^[A-Za-z_]\w*$/.test(step)) return `.${step}`;
      return `['${step.replaceAll("\\", String.raw`\\`).replaceAll("'", String.raw`\'`)}']`;
    })
    .join("")}`;
}

/** `$states.input.order.items[0]`, from where the document is: `$states.input`, `$total`. */
export function asJsonata(path: ValuePath, root: string): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    // A name in back quotes has no way to write one.
    if (step.includes("`")) return `.$lookup(${JSON.stringify(step)})`;
    return /^[A-Za-z_]\w*$/.test(step) && !words.has(step) ? `.${step}` : `.\`${step}\``;
  });
  return `${root}${steps.join("")}`.replace(/^\./, "");
}

/** Names that JSONata reads as operators. */
const words = new Set(["and", "or", "in", "true", "false", "null", "function"]);
