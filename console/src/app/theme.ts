import { useSyncExternalStore } from "react";
import { store, stored } from "./preferences.ts";

export const themes = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let chosen: Theme = themes.find((name) => name === stored("theme")) ?? "system";

function apply(): void {
  const shown = chosen === "system" ? (prefersDark.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset["theme"] = shown;
  for (const listener of listeners) listener();
}

prefersDark.addEventListener("change", apply);
apply();

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  store("theme", theme);
  apply();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}
