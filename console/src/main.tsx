import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { noteTouches } from "./api/at-the-page.ts";
import { ServerError } from "./api/client.ts";
import "./app/browser-language.ts";
import "./app/theme.ts";
import "./app/tokens.css";
import { router } from "./app/router.tsx";
import { firstLanguage, LanguageProvider } from "./i18n/language.tsx";

noteTouches();

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      refetchOnWindowFocus: true,
      // What the server refused it will refuse again; what did not reach it may the next time.
      retry: (failures, error) => !(error instanceof ServerError) && failures < 3,
    },
  },
});

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <LanguageProvider first={await firstLanguage()}>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
