import { useText } from "../i18n/language.tsx";
import { PageHead } from "../parts/layout.tsx";

export function NotFound() {
  const text = useText();
  return <PageHead title={text.app.notFound} hint={text.app.notFoundHint} />;
}
