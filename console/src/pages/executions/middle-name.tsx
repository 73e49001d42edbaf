/** Characters at the end that are always shown: names that are UUIDs differ there, too. */
const tailLength = 6;
const shortEnough = 14;

/** A name that loses its middle, not its end, where there is no room for all of it. Copied, it is whole. */
export function MiddleName({ name }: { readonly name: string }) {
  if (name.length <= shortEnough) return <span className="truncate">{name}</span>;
  return (
    <span className="flex min-w-0" title={name}>
      <span className="truncate">{name.slice(0, -tailLength)}</span>
      <span className="shrink-0 whitespace-pre">{name.slice(-tailLength)}</span>
    </span>
  );
}
