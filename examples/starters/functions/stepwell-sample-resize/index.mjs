/** Makes a picture small, or seems to; what is no PNG it refuses. */
export async function handler({ picture, width }) {
  if (!picture.endsWith(".png"))
    throw Object.assign(new Error(`${picture} is not a PNG`), { name: "NoPicture" });
  return { picture, bytes: width * width };
}
