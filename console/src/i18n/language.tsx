import { createContext, use, useMemo, useState, type ReactNode } from "react";
import { part } from "../app/missing-part.ts";
import { stored, store } from "../app/preferences.ts";
import type { Catalogue } from "./catalogue.ts";
import { formats, type Formats, type Zone } from "./formats.ts";

export const languages = { en: "English", ko: "한국어" } as const;
export type Language = keyof typeof languages;

/** Only the language that is spoken is loaded. */
const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import("./en.ts")).en,
  ko: async () => (await import("./ko.ts")).ko,
};

interface Told extends Spoken {
  readonly format: Formats;
  readonly speak: (language: Language) => void;
  readonly zone: Zone;
  readonly tellTimeIn: (zone: Zone) => void;
}

const LanguageContext = createContext<Told | undefined>(undefined);

/** A language and what is said in it. */
export interface Spoken {
  readonly language: Language;
  readonly text: Catalogue;
}

/** The language of the browser, until another one is chosen. */
export async function firstLanguage(): Promise<Spoken> {
  return spokenIn(initialLanguage());
}

async function spokenIn(language: Language): Promise<Spoken> {
  return { language, text: await part(catalogues[language])() };
}

export function LanguageProvider({
  first,
  children,
}: {
  readonly first: Spoken;
  readonly children: ReactNode;
}) {
  const [{ language, text }, setSpoken] = useState(first);
  const [zone, setZone] = useState<Zone>(stored("zone") === "utc" ? "utc" : "local");
  const spoken = useMemo(() => {
    document.documentElement.lang = language;
    return {
      language,
      text,
      format: formats(language, text, zone),
      speak(chosen: Language) {
        store("language", chosen);
        void spokenIn(chosen).then(setSpoken);
      },
      zone,
      tellTimeIn(chosen: Zone) {
        store("zone", chosen);
        setZone(chosen);
      },
    };
  }, [language, text, zone]);
  return <LanguageContext value={spoken}>{children}</LanguageContext>;
}

function useSpoken(): Told {
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

export function useLanguage(): Pick<Told, "language" | "speak"> {
  return useSpoken();
}

/** In which time zone times are told. */
export function useZone(): Pick<Told, "zone" | "tellTimeIn"> {
  return useSpoken();
}

function initialLanguage(): Language {
  const chosen = stored("language") ?? "";
  if (chosen in languages) return chosen as Language;
  const preferred = navigator.languages.map((tag) => tag.slice(0, 2));
  return preferred.find((tag): tag is Language => tag in languages) ?? "en";
}
