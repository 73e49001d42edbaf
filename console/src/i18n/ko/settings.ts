import type { Widened } from "../catalogue.ts";
import type { Otherwise, settings as en } from "../en/settings.ts";

const consequences: Readonly<Record<Otherwise, string>> = {
  "local functions": "태스크가 함수 폴더의 함수를 실행하며, 그 외 함수는 찾을 수 없습니다.",
  "local folder": "맵 실행이 버킷마다 로컬 폴더를 읽고 씁니다.",
  failure: "이 서비스를 호출하는 태스크는 실패합니다.",
  nothing: "실행 로그가 이 컴퓨터에만 기록됩니다.",
};

export const settings: Widened<typeof en> = {
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
  days: (count) => `${count}일`,
  waits: "대기 시간",
  waitsScaled: (scale) => `${scale}배로 조정됨. 시간 초과는 그대로 유지됩니다`,
  changeHint:
    "서버가 시작할 때 명령줄과 stepwell.config에서 읽는 값입니다. 변경하려면 해당 위치에서 수정하세요.",
  licence: "Stepwell은 Apache License 2.0으로 배포되는 오픈 소스입니다.",
  storage: {
    title: "스토리지 및 보존",
    durability: "내구성",
    durable:
      "모든 커밋은 응답하기 전에 디스크에 기록됩니다. SQLite 미리 쓰기 로그와 synchronous=FULL을 사용합니다.",
    inDatabase:
      "모든 커밋은 응답하기 전에 클러스터의 데이터베이스에 기록됩니다. 데이터 디렉터리에는 로그, 객체, 작업 등 이 서버의 파일만 있습니다.",
    inMemory: "모든 데이터가 메모리에만 있으며 프로세스가 종료되면 사라집니다.",
    size: "데이터 디렉터리",
    total: "합계",
    parts: {
      database: "데이터베이스",
      writeAheadLog: "미리 쓰기 로그(WAL)",
      logs: "로그",
      objects: "객체(로컬 S3)",
      other: "기타 파일",
    },
    retention: "보존 기간",
    kept: (days) => `종료된 실행과 기록은 ${days} 후 삭제됩니다.`,
    known: (count, since) =>
      `현재 실행 ${count}개를 보관 중이며 가장 오래된 실행은 ${since}에 시작되었습니다.`,
    tooEarly: "실행이 10분 이상 진행되면 예상치가 표시됩니다.",
    perDay: "일일 실행 수",
    bytesPerDay: "일일 디스크 증가량",
    inTheEnd: (days) => `${days} 후 디스크 사용량`,
    estimated: "보관 중인 모든 실행을 기준으로 지금까지의 추세가 이어질 때의 예상치입니다.",
    partial: "최신 실행만 집계되므로 전체 실행의 디스크 사용량은 예상할 수 없습니다.",
  },
  cluster: {
    title: "클러스터",
    nodes: "클러스터의 노드",
    thisNode: "이 서버",
    leaving: "종료 중",
    version: (version) => `버전 ${version}`,
    share: (count, all) => `파티션 ${all}개 중 ${count}개`,
    lease: (left) => `리스 ${left} 남음`,
    leaseOver: "리스가 만료됨",
    up: "가동 시간",
    withoutOwner: (count) => `활성 노드가 없는 파티션: ${count}개`,
    withoutOwnerHint:
      "이 파티션의 실행은 대기 중입니다. 노드가 사라지면 리스 시간 안에 다른 노드가 넘겨받습니다. 계속되면 노드의 로그에서 원인을 확인하세요.",
    which: (partitions) => `파티션: ${partitions}.`,
    here: "이 서버의 시작 이후",
    takenOver: "넘겨받은 파티션",
    lost: "다른 노드로 넘어갔거나 리스와 함께 잃은 파티션",
    age: "표시된 정보의 경과 시간",
    unseen: "리스가 만료됨",
    hereHint:
      "노드가 추가되거나 사라질 때마다 파티션이 이동하며, 정상적으로 넘겨준 파티션은 잃은 것으로 세지 않습니다. 파티션을 잃었다면 데이터베이스에 제때 연결하지 못하는 등의 이유로 리스가 만료된 것입니다.",
    database: "데이터베이스",
    unknown: "알 수 없음",
    databaseHint: "이 서버가 시작될 때의 설정입니다. 변경 사항은 다음 시작 후 표시됩니다.",
    risks: {
      fsync: "정전 시 모든 데이터가 손실되거나 손상될 수 있습니다",
      full_page_writes: "정전 시 데이터베이스 페이지가 손상될 수 있습니다",
      synchronous_commit: "데이터베이스 장애 시 마지막으로 수락한 내용이 손실될 수 있습니다",
    },
    remedies: {
      fsync:
        "postgresql.conf에서 fsync = on으로 설정하고 PostgreSQL을 다시 로드한 후 노드를 다시 시작하세요.",
      full_page_writes:
        "파일 시스템이 페이지를 항상 온전히 기록하지 않는다면 postgresql.conf에서 full_page_writes = on으로 설정하고 PostgreSQL을 다시 로드하세요.",
      synchronous_commit:
        "서버에서, 또는 데이터베이스나 역할에 따로 설정된 경우 해당 위치에서 synchronous_commit = on으로 설정한 후 노드를 다시 시작하세요.",
    },
  },
  diagnostics: {
    title: "진단",
    hint: "문제의 원인을 찾는 데 사용하는 JSON 파일입니다. 버전, 한도, 상태, 크기, 최근 1시간의 지표가 포함됩니다. 페이로드, 워크플로 및 실행 이름, 경로, 주소, 보안 정보는 포함되지 않습니다.",
    download: "파일 다운로드",
  },
  zone: "시간 표시",
  zones: { local: "현지 시간", utc: "협정 세계시(UTC)" },
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
    return consequences[otherwise];
  },
  missingPackage: (names) => `다음 패키지를 Stepwell과 함께 설치하세요: ${names}`,
  appearance: "화면 및 단축키",
  letterKeys: "한 글자 단축키",
  letterKeysHint:
    "j, n, g e 같은 단축키입니다. 음성 입력을 사용하거나 방해가 되면 끄세요. Ctrl K는 유지됩니다.",
  browserHint: "이 브라우저에만 저장됩니다.",
  notices: "서드 파티 고지",
  noticesHint:
    "이 콘솔에 포함된 서드 파티 소프트웨어입니다. elkjs는 수정 없이 포함되었으며 소스는 github.com/kieler/elkjs에 있습니다.",
};
