import type { Widened } from "../catalogue.ts";
import type { runHead as en } from "../en/runHead.ts";

export const runHead: Widened<typeof en> = {
  startedBy: "시작 주체",
  apiCall: "API 호출",
  inRole: (role) => `역할 ${role}`,
  onBehalf: (whom) => `${whom} 대신`,
  redrivenBy: (who) => `${who} 실행`,
  charge: "AWS 예상 요금",
  chargeNote: "us-east-1 정가 기준",
  chargeStandard:
    "상태 전환 1,000회당 0.025 USD 기준이며, 프리 티어와 작업 자체의 요금은 포함하지 않습니다",
  chargeExpress:
    "요청 100만 건당 1.00 USD, 실행 시간은 100ms 단위로 올림하여 64MB 메모리에 GB-초당 0.00001667 USD 기준입니다. 메모리를 더 쓰면 요금도 늘어납니다",
  stateCharge: (transitions, charge) => `${transitions} · ${charge}`,
  payload: "최대 페이로드",
  payloadShare: (share) => `256KiB의 ${share}`,
  historyUse: (share) => `기록 한도의 ${share} 사용`,
  lastRedrive: "마지막",
  older: "이 워크플로의 이전 실행",
  newer: "이 워크플로의 다음 실행",
  olderKeys: "이 워크플로의 이전 실행 (Alt ←)",
  newerKeys: "이 워크플로의 다음 실행 (Alt →)",
  saveImage: "그래프를 이미지(SVG)로 저장",
  family: "관련 실행",
  showFamily: "관련 실행을 트리로 보기",
  hideFamily: "관련 실행 트리 숨기기",
  familyTree: "서로를 시작한 실행",
  expand: (name) => `${name}에서 시작한 실행 보기`,
  collapse: (name) => `${name}에서 시작한 실행 숨기기`,
  startsNone: "다른 실행을 시작하지 않았습니다.",
  mapRun: "맵 실행",
  by: (state) => `상태 ${state}`,
  item: (index) => `항목 ${index}`,
  moreChildren: (count) => `${count}개 더 보기`,
  here: "현재 실행",
  gone: "더 이상 없음",
};
