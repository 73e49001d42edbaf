import type { Widened } from "../catalogue.ts";

type Place = "AWS" | "standIn" | "local" | "nowhere" | "notInstalled";
type Otherwise = "local functions" | "local folder" | "failure" | "nothing";

const consequencesEn: Readonly<Record<Otherwise, string>> = {
  "local functions": "Tasks run the functions of the functions folder; others are not found.",
  "local folder": "Map Runs read and write a local folder for each bucket.",
  failure: "Tasks that call it fail.",
  nothing: "Executions are logged on this machine only.",
};

const consequencesKo: Readonly<Record<Otherwise, string>> = {
  "local functions": "태스크가 함수 폴더의 함수를 실행하며, 그 외 함수는 찾을 수 없습니다.",
  "local folder": "맵 실행이 버킷마다 로컬 폴더를 읽고 씁니다.",
  failure: "이 서비스를 호출하는 태스크는 실패합니다.",
  nothing: "실행 로그가 이 컴퓨터에만 기록됩니다.",
};

export const en = {
  title: "Settings",
  hint: "How this server was started, and how the console is shown in this browser.",
  server: "This server",
  version: "Version",
  node: (version: string) => `Node.js ${version}`,
  endpoint: "Endpoint",
  account: "Account",
  region: "Region",
  otherRegions: (regions: string) => `also in use: ${regions}`,
  uptime: "Uptime",
  since: (at: string) => `since ${at}`,
  dataDir: "Data directory",
  retention: "Retention",
  days: (count: string) => `${count} days`,
  retentionHint: "Closed executions and their histories are deleted after that.",
  waits: "Waits",
  waitsScaled: (scale: string) => `multiplied by ${scale}; time-outs stay as they are`,
  changeHint:
    "The server reads these from its command line and stepwell.config when it starts; change them there.",
  limits: "Limits in force",
  limit: "Limit",
  here: "Here",
  atAws: "At AWS",
  same: "the same",
  bytes: (count: string) => `${count} bytes`,
  limitNames: {
    payloadBytes: "Input, output or parameters of a state, task or execution",
    historyEvents: "Events in the history of a Standard execution",
    inlineConcurrency: "Iterations of an inline Map at once",
    expressSeconds: "Duration of an Express execution",
    standardSeconds: "Duration of a Standard execution",
    variablesBytes: "Variables of an execution together",
    versions: "Versions of a state machine",
    aliases: "Aliases of a state machine",
  },
  targets: "Where calls go",
  targetsHint:
    "Each service is answered by the endpoint that is configured for it, else by AWS if the AWS SDK finds credentials.",
  noTargets: "This server does not tell where its calls go",
  service: "Service",
  goesTo: "Answered by",
  why: "Why",
  usedFor: {
    task: "Tasks",
    "map data": "Data of Map Runs",
    logs: "Execution logs",
  },
  places: {
    AWS: "AWS",
    standIn: "Stand-in",
    local: "This machine",
    nowhere: "Nobody",
    notInstalled: "Not installed",
  },
  consequence: (place: Place, otherwise: Otherwise) => {
    if (place === "AWS") return "Calls go to AWS and may cost money.";
    if (place === "standIn") return "Calls go to the configured endpoint.";
    return consequencesEn[otherwise];
  },
  missingPackage: (name: string) => `The package ${name} is missing; install it beside Stepwell.`,
  appearance: "Appearance and keys",
  letterKeys: "Single-letter keys",
  letterKeysHint:
    "Keys such as j, n or g e. Turn them off if you dictate, or if they get in your way; Ctrl K stays.",
  browserHint: "Remembered in this browser only.",
  notices: "Third-party notices",
  noticesHint:
    "Software of others that is part of this console. elkjs is bundled unmodified; its source is at github.com/kieler/elkjs.",
} as const;

export const ko: Widened<typeof en> = {
  title: "설정",
  hint: "서버의 시작 구성과 이 브라우저의 콘솔 표시 방식입니다.",
  server: "이 서버",
  version: "버전",
  node: (version) => `Node.js ${version}`,
  endpoint: "엔드포인트",
  account: "계정",
  region: "리전",
  otherRegions: (regions) => `사용 중인 다른 리전: ${regions}`,
  uptime: "가동 시간",
  since: (at) => `${at}부터`,
  dataDir: "데이터 디렉터리",
  retention: "보존 기간",
  days: (count) => `${count}일`,
  retentionHint: "종료된 실행과 기록은 이 기간이 지나면 삭제됩니다.",
  waits: "대기 시간",
  waitsScaled: (scale) => `${scale}배로 조정됨. 시간 초과는 그대로 유지됩니다`,
  changeHint:
    "서버가 시작할 때 명령줄과 stepwell.config에서 읽는 값입니다. 변경하려면 해당 위치에서 수정하세요.",
  limits: "적용 중인 한도",
  limit: "한도",
  here: "이 서버",
  atAws: "AWS",
  same: "동일",
  bytes: (count) => `${count}바이트`,
  limitNames: {
    payloadBytes: "상태, 태스크 또는 실행의 입력·출력·파라미터 크기",
    historyEvents: "표준 실행 기록의 이벤트 수",
    inlineConcurrency: "인라인 Map의 동시 반복 수",
    expressSeconds: "익스프레스 실행의 최대 시간",
    standardSeconds: "표준 실행의 최대 시간",
    variablesBytes: "실행의 변수 총 크기",
    versions: "상태 머신의 버전 수",
    aliases: "상태 머신의 별칭 수",
  },
  targets: "호출 대상",
  targetsHint:
    "각 서비스는 구성된 엔드포인트가 응답하고, 없으면 AWS SDK가 자격 증명을 찾은 경우 AWS가 응답합니다.",
  noTargets: "이 서버는 호출 대상을 표시하지 않습니다",
  service: "서비스",
  goesTo: "응답 주체",
  why: "이유",
  usedFor: { task: "태스크", "map data": "맵 실행 데이터", logs: "실행 로그" },
  places: {
    AWS: "AWS",
    standIn: "대체 엔드포인트",
    local: "이 컴퓨터",
    nowhere: "없음",
    notInstalled: "설치되지 않음",
  },
  consequence: (place, otherwise) => {
    if (place === "AWS") return "호출이 AWS로 전송되며 비용이 발생할 수 있습니다.";
    if (place === "standIn") return "호출이 구성된 엔드포인트로 전송됩니다.";
    return consequencesKo[otherwise];
  },
  missingPackage: (name) => `${name} 패키지가 없습니다. Stepwell과 함께 설치하세요.`,
  appearance: "화면 및 단축키",
  letterKeys: "한 글자 단축키",
  letterKeysHint:
    "j, n, g e 같은 단축키입니다. 음성 입력을 사용하거나 방해가 되면 끄세요. Ctrl K는 유지됩니다.",
  browserHint: "이 브라우저에만 저장됩니다.",
  notices: "서드 파티 고지",
  noticesHint:
    "이 콘솔에 포함된 서드 파티 소프트웨어입니다. elkjs는 수정 없이 포함되었으며 소스는 github.com/kieler/elkjs에 있습니다.",
};
