/** Our choice: sharp on a dense screen and in a document. */
const scale = 2;
/** Browsers draw no larger canvas. Documented: MDN, maximum canvas size; 16,384 is the least of the usual ones. */
const longestSide = 16_384;

/** An SVG file as a PNG. Rejects where the browser cannot draw it. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  await image.decode();
  const fitting = Math.min(scale, longestSide / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(image.width * fitting);
  canvas.height = Math.ceil(image.height * fitting);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("There is no canvas.");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The canvas is too large."));
      else resolve(blob);
    }, "image/png");
  });
}
