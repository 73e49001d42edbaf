import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { stored, store } from "../app/preferences.ts";
import type { Catalogue } from "./catalogue.ts";
import { en } from "./en.ts";
import { formats, type Formats, type Zone } from "./formats.ts";
import { ko } from "./ko.ts";

export const languages = { en: "English", ko: "한국어" } as const;
export type Language = keyof typeof languages;

const catalogues: Readonly<Record<Language, Catalogue>> = { en, ko };

interface Spoken {
  readonly language: Language;
  readonly text: Catalogue;
  readonly format: Formats;
  readonly speak: (language: Language) => void;
  readonly zone: Zone;
  readonly tellTimeIn: (zone: Zone) => void;
}

const LanguageContext = createContext<Spoken | undefined>(undefined);

/** The language of the browser, until another one is chosen. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);
  const [zone, setZone] = useState<Zone>(stored("zone") === "utc" ? "utc" : "local");
  const spoken = useMemo(() => {
    document.documentElement.lang = language;
    return {
      language,
      text: catalogues[language],
      format: formats(language, catalogues[language], zone),
      speak(chosen: Language) {
        store("language", chosen);
        setLanguage(chosen);
      },
      zone,
      tellTimeIn(chosen: Zone) {
        store("zone", chosen);
        setZone(chosen);
      },
    };
  }, [language, zone]);
  return <LanguageContext value={spoken}>{children}</LanguageContext>;
}

function useSpoken(): Spoken {
  const spoken = use(LanguageContext);
  if (spoken === undefined) throw new Error("There is no LanguageProvider.");
  return spoken;
}

/** The texts in the language of whoever looks. */
export function useText(): Catalogue {
  return useSpoken().text;
}

/** How numbers, dates and durations are written there. */
export function useFormat(): Formats {
  return useSpoken().format;
}

export function useLanguage(): Pick<Spoken, "language" | "speak"> {
  return useSpoken();
}

/** In which time zone times are told. */
export function useZone(): Pick<Spoken, "zone" | "tellTimeIn"> {
  return useSpoken();
}

function initialLanguage(): Language {
  const chosen = stored("language") ?? "";
  if (chosen in languages) return chosen as Language;
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2));
  return preferred.find((tag): tag is Language => tag in languages) ?? "en";
}
