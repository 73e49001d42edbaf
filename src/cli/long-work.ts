import { clearLine, cursorTo } from "node:readline";

/** Our choices: how often a terminal is written to, and how often a line where there is none. */
const terminalMs = 200;
const lineMs = 10_000;

/** Tells on standard error how far long work has come. */
export interface LongWork {
  /** Says it, unless something was said a moment ago. */
  at(text: () => string): void;
  /** Takes the last line away from a terminal. */
  done(): void;
}

export function showLongWork(stream: NodeJS.WriteStream = process.stderr): LongWork {
  let next = performance.now() + (stream.isTTY ? terminalMs : lineMs);
  return {
    at(text) {
      const now = performance.now();
      if (now < next) return;
      next = now + (stream.isTTY ? terminalMs : lineMs);
      if (!stream.isTTY) {
        stream.write(`${text()}\n`);
        return;
      }
      cursorTo(stream, 0);
      stream.write(text());
      clearLine(stream, 1);
    },
    done() {
      if (!stream.isTTY) return;
      cursorTo(stream, 0);
      clearLine(stream, 0);
    },
  };
}
