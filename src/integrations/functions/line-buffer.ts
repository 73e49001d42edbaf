export interface LineBuffer {
  push(text: string): void;
  /** Whether it has the beginning of a line. */
  readonly hasRest: boolean;
  /** Delivers what is left. */
  end(): void;
}

/** Our choice: a line longer than this is delivered in pieces. */
const maxCharacters = 16_384;

/** Delivers text that comes in arbitrary pieces as whole lines, several at a time where they come together. */
export function createLineBuffer(deliver: (text: string) => void): LineBuffer {
  let rest = "";
  const end = (): void => {
    if (rest !== "") deliver(rest);
    rest = "";
  };
  return {
    push(text) {
      const whole = text.lastIndexOf("\n") + 1;
      if (whole > 0) deliver(rest + text.slice(0, whole));
      rest = whole > 0 ? text.slice(whole) : rest + text;
      if (rest.length > maxCharacters) end();
    },
    get hasRest() {
      return rest !== "";
    },
    end,
  };
}
