import { useEffect } from "react";
import { useText } from "../i18n/language.tsx";

/** Names the browser's tab after what the page shows, while it does. */
export function usePageTitle(name: string): void {
  const { app } = useText();
  useEffect(() => {
    const before = document.title;
    document.title = `${name} – ${app.name}`;
    return () => {
      document.title = before;
    };
  }, [name, app.name]);
}
