/*
 * Rows and answers of the HTTP interface, column by column (docs/archive.md, "What can be asked"; docs/http.md).
 * What is not known is null. Days are "YYYY-MM-DD", times "YYYY-MM-DDTHH:MM:SSZ".
 */

export type Day = string;
export type Time = string;
export type Span = readonly [start: number, end: number]; // bytes of the article's UTF-8 text, end excluded

export type Kind = string; // one of the thirty kinds of the codebook; GET /kinds has their names
export type Grade = "confirmed" | "fair" | "weak" | "contested" | "discounted";
export type Modality = "asserted" | "possible" | "planned" | "denied";
export type ReviewState = "new" | "in work" | "accepted" | "needs source" | "cannot be verified" | "contradicted" | "duplicate" | "rejected";
export type Priority = "A" | "B" | "C";
export type Role = "reader" | "coder" | "verifier" | "editor" | "releaser" | "keeper";

/* A page of a table. `next` goes into `after` for the page behind it. */
export interface Table<Row> {
    rows: Row[];
    next: string | null;
}

export interface Session {
    person: string | null;
    roles: Role[];
    csrf: string | null;
    mode: "team" | "read-only";
    public: boolean;
    version: string;
    must_change: boolean;
}

/* A party of an incident, with how many statements name it and how many deny it. */
export interface Claim {
    who: string;
    claims: number;
    denials: number;
}

export interface IncidentFigure {
    of: string;
    group: string; // "" counts everybody
    low: number | null;
    best: number | null;
    high: number | null;
    rule: string;
    disputed: boolean;
}

export interface Incident {
    id: string;
    first_day: Day | null;
    last_day: Day | null;
    kind: Kind;
    place: string | null;
    place_en: string | null;
    admin1: string | null;
    country: string | null;
    lat: number | null;
    lon: number | null;
    actors: Claim[];
    targets: Claim[];
    figures: IncidentFigure[];
    statements: number;
    articles: number;
    chains: number;
    grade: Grade;
    flags: string; // words parted by blanks: planned period reported denied disputed reviewed verified
}

export interface Statement {
    id: string;
    published: Day | null;
    outlet: string;
    speakers: string;
    copy_of: string | null;
    modality: Modality;
    kind: Kind;
    actors: string;
    targets: string;
    figures: string;
    because: string;
    sentence: string;
    article: string;
    state: ReviewState;
}

export interface Why {
    what: string;
    says: string | null;
    figure: { of: string; group: string; low: number | null; best: number | null; high: number | null }[]; // none or one
    disputed: string | null;
    rule: string | null;
    low_from: string | null; // ids of statements
    best_from: string | null;
    high_from: string | null;
    from: string[]; // lines of plain text: "3, according to sohr (R-…)"
}

export interface ArticleRow {
    id: string;
    outlet: string;
    published: Day | null;
    title: string;
    url: string;
    copy_of: string | null;
    stored: Time;
    records: number;
    note: string;
}

export interface Article extends ArticleRow {
    text: string;
    sha256: string; // of the bytes as they came
    media: string;
    size: number; // bytes
    text_sha256: string;
    reader: string; // the program that read it
    copies: { id: string; outlet: string; published: Day | null }[];
}

export interface RecordParty {
    span: Span | null; // null: people named it, the report has no words for it
    who: string;
    code: string | null;
    object: string | null;
    words?: string;
}

export interface RecordPlace {
    span: Span | null; // null: people named it, the report has no words for it
    norm: string;
    relation: string;
    id: string | null;
    lat: number | null;
    lon: number | null;
    precision: string | null;
    others: number; // how many other places of this name it could have been
    name_en?: string;
    country?: string;
    admin1?: string;
    admin2?: string;
    feature?: string;
}

export interface RecordFigure {
    of: string;
    value: number | null;
    bound: "exact" | "at_least" | "over" | "about" | "up_to" | "vague";
    low: number | null;
    high: number | null;
    span: Span | null; // null: people named it, the report has no words for it
    words?: string;
}

/* What one sentence tells; docs/record.md. */
export interface RecordBody {
    id: string;
    kind: Kind;
    trigger: Span;
    sentence: Span;
    modality: Modality;
    phase: string | null;
    actors: RecordParty[];
    targets: RecordParty[];
    places: RecordPlace[];
    when: { span: Span | null; start: Day; end: Day; precision: string } | null;
    figures: RecordFigure[];
    sources: RecordParty[];
    quoted: boolean;
    plover: string | null;
    mode: string | null;
    cameo: string | null;
    confidence: number; // 0 to 1
    rules: string[];
}

export interface RecordRow {
    id: string;
    kind: Kind;
    modality: Modality;
    day: Day | null;
    place: string | null;
    outlet: string;
    article: string;
    incident: string | null;
    state: ReviewState;
    verified: 0 | 1 | boolean;
    record: RecordBody;
}

/* A row of a record's or incident's history. */
export interface Decision {
    decision: number;
    time: Time;
    person: string;
    what: string;
    record: string;
    from: ReviewState | null;
    to: ReviewState | null;
    reason: string | null;
    changes: string[] | null;
    with: string[] | null;
    line: number; // of the log
    before: RecordBody | null;
}

export interface QueueRow {
    priority: Priority;
    id: string;
    kind: Kind;
    place: string | null;
    admin1: string | null;
    first_day: Day | null;
    last_day: Day | null;
    statements: number;
    chains: number;
    flag: string;
    state: ReviewState;
    open: number;
    to_verify: number;
    leased_to: string | null;
    leased_until: Time | null;
}

export interface SeriesRow {
    day: Day;
    key: string;
    incidents: number;
    killed_low: number;
    killed_high: number | null;
}

export interface ControlRow {
    place: string;
    place_en: string | null;
    admin1: string | null;
    country: string | null;
    place_id: string;
    lat: number | null;
    lon: number | null;
    from: Day;
    to: Day | null;
    side: string;
    holder: string;
    status: "confirmed" | "reported" | "claimed" | "contested" | "unknown";
    claims: string[];
    rule: string;
}

export interface TruceRow {
    governorate: string;
    accused_side: string;
    accuser_side: string;
    period: number;
    previous: number;
    total: number;
    killed_low: number;
    killed_high: number | null;
    unseen_days: number;
    seen: "yes" | "no report";
    breaches?: number; // incidents of the period that people marked as a breach, counted by the rule or not
    unmarked?: number; // of the period's, those that nobody has marked
}

export type ScopeAnswer = "yes" | "no" | "unknown";
export type TruceMark = "breach" | "not-in-scope" | "self-defence" | "insufficient" | "none";

export interface Candidate {
    day: Day | null;
    governorate: string | null;
    place: string | null;
    kind: Kind;
    term: string;
    accused: string;
    accuser: string;
    counts: "yes" | "no";
    in_window: ScopeAnswer;
    in_area: ScopeAnswer;
    is_bound: ScopeAnswer;
    is_covered: ScopeAnswer;
    why: string;
    grade: Grade;
    incident: string;
    record: string;
    mark: TruceMark | null;
    marked_by: string | null;
    mark_reason: string | null;
}

/* An agreement's file (docs/truce.md). */
export interface AgreementFile {
    id: string;
    version: string;
    name: { ar: string; en: string };
    country: string;
    parties: string[];
    sponsors: string[];
    excluded: string[];
    disputed: string[];
    areas: string[]; // ids of the gazetteer and names of governorates; none: the whole country
    governorates: string[];
    windows: { from: Day; to: Day | null; what: string; source: string }[];
    terms: { id: string; ar: string; en: string; kinds: Kind[] }[];
    sources: string[];
}

export interface AgreementRow {
    name: string;
    title: string;
    title_en: string;
    country: string;
    from: Day | null;
    to: Day | null; // null: open
    version: string;
    body: AgreementFile;
}

export interface TruceRule {
    name: string;
    version: number; // 0: its name has none
    summary: string; // English
}

export interface Agreements {
    agreements: AgreementRow[];
    rules: TruceRule[];
}

export interface BulletinRow {
    number: number;
    day: Day;
    agreement: string | null;
    rule: string | null;
    languages: string;
    profile: string;
    cutoff: string; // for people
    zone: string;
    prepared: Time;
    prepared_by: string;
    signed: Time | null;
    signed_by: string | null;
    sha256: string;
    root: string | null;
    corrects: number | null;
    line: number; // of the log
}

export interface ExportFormats {
    formats: { name: string; ending: string; summary: string }[];
    profiles: string[];
}

/* The loss report of an export: what it would hold, and what it would not. */
export interface LossRow {
    what: string;
    why: string;
    count: number;
}

export interface ExportPlan {
    format: string;
    profile: string;
    profile_version: number;
    incidents: number; // that were asked for
    public_incidents: number; // of them, those that the safety profile lets out
    rows: number;
    withheld: LossRow[];
    dropped: LossRow[]; // incidents without a row in the format
    not_carried: LossRow[]; // facts without a column in the format
}

export interface ReleaseRow {
    number: number;
    made: Time;
    profile: string;
    title: string | null;
    licence: string | null;
    from: Day | null;
    to: Day | null;
    manifest: string | null; // SHA-256 of the manifest
    root: string | null;
    before: number | null; // the release that its changes are against
    incidents: number | null;
    withdrawn: number | null;
    line: number; // of the log
    rules: string | null; // what stands for all rules
    program: string | null;
}

export interface FileEntry {
    name: string;
    size: number; // bytes
    sha256?: string; // else it stands in the manifest
}

export interface GazetteerRow {
    id: string;
    name: string;
    name_en: string;
    country: string;
    admin1: string;
    admin2: string;
    feature: string;
    lat: number;
    lon: number;
    source: string; // of its point
    km: number | null; // from where was asked
}

export interface ActorRow {
    who: string;
    name_ar: string;
    name_en: string;
    side: string | null; // of none, or of another in each country
    type: string;
    country: string | null; // at home in none, or in several
}

export interface KindRow {
    kind: Kind;
    name_ar: string;
    name_en: string;
    plover: string | null;
    cameo: string | null;
}

export interface IntakeRow {
    outlet: string;
    articles: number;
    copies: number;
    records: number;
    newest: Day | null;
    stored: Time | null;
    silent_days: number | null;
}

export interface Bounds {
    low: number | null;
    best: number | null;
    high: number | null;
}

/* An incident whose killed, wounded or grade is another than before. */
export type ChangedRow = {
    incident: string;
    time: Time;
    kind: Kind;
    place: string | null;
    day: Day | null;
} & ({ what: "killed" | "wounded"; old: Bounds | null; new: Bounds | null } | { what: "grade"; old: Grade | null; new: Grade | null });

export interface Counts {
    articles: number;
    copies: number;
    records: number;
    incidents: number;
    open: number;
    to_verify: number;
    in_work: number;
    accepted: number;
    needs_source: number;
    cannot_verify: number;
    contradicted: number;
    duplicate: number;
    rejected: number;
    problems: number;
}

export interface Summary {
    counts: Counts;
    changed: ChangedRow[];
}

export interface FeedRow {
    feed: string; // its address
    name: string;
    pages: number;
    last_success: Time | null;
    last_failure: Time | null;
    failures: number;
    reason: string | null;
    next_try: Time | null;
    silent_since: Time | null;
    articles: number;
    unchanged: number;
}

export interface ProblemRow {
    time: Time;
    what: string;
    place: string;
    line: number | null;
    reason: string;
}

export interface BatchRow {
    batch: number;
    begun: Time;
    what: string;
    added: number;
    known: number;
    problems: number;
}

export interface LogRow {
    line: number;
    time: Time;
    what: string;
    subject: string;
    detail: string;
    hash: string;
}

export interface TombstoneRow {
    id: string;
    first_day: Day | null;
    kind: Kind;
    made: Time;
    gone: Time;
    became: string;
}

export interface ImportTold {
    row: number | null; // as a spreadsheet counts; null: of the file as a whole
    message: string;
}

export interface ImportAnswer {
    articles: number;
    rows: number;
    added: number;
    known: number;
    faults: ImportTold[];
    notes: ImportTold[]; // of a table: each row that is, or would be, stored
}

export interface ProposalRow {
    table: string;
    words: string;
    read_as: string;
    corrected_to: string;
    times: number;
    records: string[];
}

export interface AccountRow {
    name: string;
    roles: Role[] | string;
    active: boolean | 0 | 1;
    created: Time;
    last_login: Time | null;
}

export interface TokenRow {
    id: string;
    label: string;
    scopes: string[] | string;
    created: Time;
    expires: Time | null;
    last_used: Time | null;
}

export interface Settings {
    organisation: string;
    zone: string;
    profile: string;
    languages: string;
}

/* POST /verify. */
export interface Verdict {
    faults: number;
    told: string[];
    evidence: number; // looked at, as the four behind it
    articles: number;
    records: number;
    decisions: number;
    log_lines: number;
    root: string;
}

/* GET /map: rows are lists in the order of `columns`, for 50,000 objects would be five times as long. */
export interface MapAnswer {
    columns: readonly ["id", "lat", "lon", "kind", "grade", "day", "chains", "flags"];
    rows: [id: string, lat: number, lon: number, kind: Kind, grade: Grade, day: Day, chains: number, flags: string][];
    more: boolean;
}

export interface IncidentAnswer {
    incident: Incident;
    statements: Statement[];
    why?: Why[];
    history?: Decision[];
    records?: RecordRow[];
}

export interface ArticleAnswer {
    article: Article;
    records: RecordRow[];
}

export interface RecordAnswer {
    record: RecordRow;
    history: Decision[];
}

export interface DecisionAnswer {
    changed: number;
    records: { id: string; state: ReviewState; verified: boolean; incident: string | null }[];
}

export type DecisionName =
    | "take" | "leave" | "accept" | "edit" | "reject" | "duplicate" | "needs-source" | "cannot-verify"
    | "contradict" | "verify" | "merge" | "split" | "reopen";

export interface DecisionRequest {
    what: DecisionName;
    id: string;
    reason?: string;
    with?: string;
    changes?: string[]; // "kind=shelling"
    place?: string; // id of the gazetteer
}
