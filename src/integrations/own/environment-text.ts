/** A text of the configuration with its variables filled in, or the variable that is not set. */
export type FilledText = { readonly text: string } | { readonly missing: string };

const variable = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Fills `${NAME}` in from the environment. */
export function filledText(text: string, environment: NodeJS.ProcessEnv): FilledText {
  return filled(text, environment, (value) => value);
}

/**
 * The same in a URL. *Our choice*: a variable that is a part of it is encoded, so that a password may have any characters; one
 * that is all of it stands for the whole URL.
 */
export function filledUrl(text: string, environment: NodeJS.ProcessEnv): FilledText {
  const isWhole = /^\$\{\w+\}$/.test(text);
  return filled(text, environment, isWhole ? (value) => value : encodeURIComponent);
}

function filled(
  text: string,
  environment: NodeJS.ProcessEnv,
  encoded: (value: string) => string,
): FilledText {
  let missing: string | undefined;
  const whole = text.replaceAll(variable, (_, name: string) => {
    const value = environment[name];
    if (value === undefined) missing ??= name;
    return encoded(value ?? "");
  });
  return missing === undefined ? { text: whole } : { missing };
}

/** The parts of a URL that nobody may see, as they stand in it and as they are sent. */
export function secretsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [url];
  const { password, search } = new URL(url);
  const given = [password, ...new URLSearchParams(search).values()].filter((one) => one !== "");
  return [url, ...given.flatMap((one) => [one, decoded(one)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
