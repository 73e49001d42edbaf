import { useText } from "../i18n/language.tsx";
import { Empty } from "../parts/layout.tsx";

export function NotFound() {
  const text = useText();
  return <Empty title={text.app.notFound}>{text.app.notFoundHint}</Empty>;
}
