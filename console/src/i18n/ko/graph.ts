import type { Widened } from "../catalogue.ts";
import type { graph as en } from "../en/graph.ts";

export const graph: Widened<typeof en> = {
  name: "워크플로 그래프. 화살표 키로 상태 사이를 이동합니다",
  start: "시작",
  end: "끝",
  otherwise: "그 외",
  callback: "콜백 대기",
  zoomIn: "확대 (+)",
  zoomOut: "축소 (−)",
  fit: "전체 보기 (F)",
  changes: { added: "추가됨", removed: "삭제됨", changed: "변경됨" },
};
