/** No two of these look alike; 32, so that each has the same chance. */
const letters = "abcdefghijkmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 5;

/** A password to be handed on and typed once, after which another one is chosen: 100 random bits. The console makes its own by it, too. */
export function generatedPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(groups * groupLength));
  const typed = [...bytes].map((byte) => letters[byte % letters.length]).join("");
  return Array.from({ length: groups }, (_, group) =>
    typed.slice(group * groupLength, (group + 1) * groupLength),
  ).join("-");
}
