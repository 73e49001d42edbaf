/**
 * A browser that was started with the system's language `C` or `POSIX` calls its own `en-US@posix`, which no formatter takes:
 * a library that hands it on while it loads would break the page with it.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
}
