import { useText } from "../../i18n/language.tsx";
import { notices } from "./notices.ts";

/** Software of others that is part of the console. */
export function Notices() {
  const text = useText();
  return (
    <>
      <p className="border-b border-line px-4 py-3 text-xs text-dim">{text.settings.noticesHint}</p>
      <ul className="px-4 py-2">
        {notices.map(({ name, licence }) => (
          <li key={name} className="flex items-baseline gap-3 py-1 text-[13px]">
            <span className="min-w-0 grow font-mono text-xs break-all">{name}</span>
            <span className="whitespace-nowrap text-dim">{licence}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
