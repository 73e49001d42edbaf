/** Gives a text, or the parts of one, to the browser to be saved as a file. */
export function saveFile(content: string | readonly string[], name: string, type: string): void {
  const parts = typeof content === "string" ? [content] : [...content];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
