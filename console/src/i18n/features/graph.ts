import type { Widened } from "../catalogue.ts";

export const en = {
  name: "Graph of the workflow; arrow keys lead from state to state",
  start: "Start",
  end: "End",
  zoomIn: "Zoom in (+)",
  zoomOut: "Zoom out (−)",
  fit: "Show all of it (F)",
  changes: { added: "Added", removed: "Removed", changed: "Changed" },
} as const;

export const ko: Widened<typeof en> = {
  name: "워크플로 그래프. 화살표 키로 상태 사이를 이동합니다",
  start: "시작",
  end: "끝",
  zoomIn: "확대 (+)",
  zoomOut: "축소 (−)",
  fit: "전체 보기 (F)",
  changes: { added: "추가됨", removed: "삭제됨", changed: "변경됨" },
};
