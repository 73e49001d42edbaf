/** A parser that remembers what it was asked last: the statements of a policy ask about the same few values of a call. */
export function remembered<T>(parse: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: parse(text) };
    return last.value;
  };
}
