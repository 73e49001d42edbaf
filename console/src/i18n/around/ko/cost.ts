import type { Widened } from "../../catalogue.ts";
import type { cost as en } from "../en/cost.ts";

export const cost: Widened<typeof en> = {
  title: "비용",
  hint: "한 달 동안 워크플로가 사용한 양과, 같은 양에 대해 AWS가 청구했을 금액입니다. 여기서는 아무것도 청구되지 않습니다.",
  by: "묶는 기준",
  groupings: { machine: "워크플로", version: "버전", alias: "별칭" },
  tag: (key) => `태그 ${key}`,
  month: "월",
  of: (month) => `${month} 사용량`,
  key: "이름",
  noKey: "(없음)",
  columns: {
    executions: "실행",
    transitions: "상태 전환",
    requests: "Express 요청",
    gbSeconds: "GB-초",
    mapRuns: "Map Run",
  },
  charge: "AWS 기준",
  total: "합계",
  prices: (region, date, free) =>
    `${date} 기준 ${region} 정가입니다. 이 달의 무료 전환 ${free}건은 금액에서 빠져 있고, 호출한 서비스와 로그, 데이터 비용도 포함되지 않습니다.`,
  byState:
    "달별 사용량은 상태별로 집계하지 않습니다. 워크플로마다 모든 상태의 수를 영구히 따로 보관해야 하기 때문입니다. 지난 24시간 동안 각 상태의 비용은 Standard 워크플로 그래프의 비용 보기에, 한 실행에서의 비용은 그 상태 옆에 있습니다.",
  none: (month) => `${month}에 사용한 것이 없습니다`,
  noneHint: "실행을 시작하면 사용량이 바로 여기에 나타납니다.",
  off: "집계하지 않습니다",
  offHint: "이 서버는 사용량을 집계하지 않도록 시작되었습니다.",
};
