/** Gives a text, the parts of one, or an image to the browser to be saved as a file. */
export function saveFile(
  content: string | readonly string[] | Blob,
  name: string,
  type: string,
): void {
  const parts = typeof content === "string" || content instanceof Blob ? [content] : [...content];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
