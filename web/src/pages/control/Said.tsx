/* Who is said to hold a town, in a sentence that says who says so; and the claims behind it. */
import { useAsked } from "../../base/api";
import { tellDay, tellRange } from "../../base/dates";
import { partyName, placeName } from "../../base/names";
import { mayRead, useSession } from "../../base/session";
import type { ControlRow, RecordAnswer } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Attribution } from "../../parts/Figure";
import { controlWords } from "../../words/control";
import type { Town, TownClaim } from "./spans";
import { claimsOf } from "./spans";

const t = wordsOf(controlWords);
const THE_REPORT = "the report"; // as the server names a voice that nobody is named for

const speakerName = (speaker: string): string => (speaker === THE_REPORT ? t("the-report") : partyName(speaker));

const speakersOf = (claims: readonly TownClaim[]): string[] => [...new Set(claims.map((claim) => speakerName(claim.speaker)))];

export function StatusMark(props: { status: ControlRow["status"] }) {
    return (
        <span class={`mark town-status town-${props.status}`} title={t(`status.${props.status}.why`)}>
            {t(`status.${props.status}`)}
        </span>
    );
}

/* Each of those who are said to hold a contested town, with whoever says so, and each of whom it is denied. */
function Rivals(props: { claims: readonly TownClaim[] }) {
    const holdersIn = (claims: readonly TownClaim[]) => [...new Set(claims.map((claim) => claim.holder))];
    const holding = props.claims.filter((claim) => claim.what === "captured" || claim.what === "held");
    const denying = props.claims.filter((claim) => claim.what === "not-held");
    const told = [
        ...holdersIn(holding).map((holder) => <HeldBy key={holder} holder={holder} claims={holding.filter((claim) => claim.holder === holder)} />),
        ...holdersIn(denying).map((holder) => <DeniedOf key={`not ${holder}`} holder={holder} claims={denying.filter((claim) => claim.holder === holder)} />),
    ];
    return (
        <>
            {told.map((one, at) => (
                <span key={at}>
                    {at > 0 && t("contested.and")}
                    {one}
                </span>
            ))}
        </>
    );
}

interface OfHolder {
    holder: string;
    claims: readonly TownClaim[];
}

function DeniedOf(props: OfHolder) {
    return t.rich("claim.not-held", { holder: <bdi class="holder">{partyName(props.holder)}</bdi>, by: <Attribution who={speakersOf(props.claims)} /> });
}

function HeldBy(props: OfHolder) {
    return t.rich("held", { holder: <bdi class="holder">{partyName(props.holder)}</bdi>, by: <Attribution who={speakersOf(props.claims)} /> });
}

export function Said(props: { span: ControlRow }) {
    const { span } = props;
    const claims = claimsOf(span);
    if (span.status === "contested") return <span>{t.rich("contested", { claims: <Rivals claims={claims} /> })}</span>;
    if (span.status === "unknown") return <span>{t.rich("unknown", { by: <Attribution who={speakersOf(claims)} /> })}</span>;
    return (
        <span>
            <HeldBy holder={span.holder} claims={claims.filter((claim) => claim.isFor)} />
        </span>
    );
}

/* The record tells its incident; who may not read records is shown the claim alone. */
function ClaimLine(props: { claim: TownClaim; mayOpen: boolean }) {
    const { claim } = props;
    const record = useAsked<RecordAnswer>(props.mayOpen ? `/records/${claim.record}` : null).value?.record;
    return (
        <li>
            {t.rich(`claim.${claim.what}`, { holder: <bdi class="holder">{partyName(claim.holder)}</bdi>, by: <Attribution who={[speakerName(claim.speaker)]} /> })}
            {record !== undefined && (
                <span class="claim-links">
                    {record.day !== null && <span class="quiet">{tellDay(record.day, "short")}</span>}
                    {record.incident !== null && <a href={`/incident/${record.incident}`}>{t("claim.incident")}</a>}
                    <a href={`/article/${record.article}`}>
                        {t("claim.article")} <bdi>{record.outlet}</bdi>
                    </a>
                </span>
            )}
        </li>
    );
}

function ClaimList(props: { title: string; claims: readonly TownClaim[] }) {
    const mayOpen = mayRead(useSession());
    if (props.claims.length === 0) return null;
    return (
        <>
            <h4>{props.title}</h4>
            <ul class="claim-list">
                {props.claims.map((claim) => (
                    <ClaimLine key={`${claim.record} ${claim.what} ${claim.holder}`} claim={claim} mayOpen={mayOpen} />
                ))}
            </ul>
        </>
    );
}

/* All spans of a town with what each rests on. */
export function TownClaims(props: { town: Town; onClose: () => void }) {
    const [first] = props.town.spans;
    if (first === undefined) return null;
    return (
        <section class="town-claims" aria-label={t("town.all", { place: placeName(first) ?? "" })}>
            <header>
                <h3>{t("town.all", { place: placeName(first) ?? "" })}</h3>
                <button type="button" class="plain" onClick={props.onClose}>
                    {t("town.close")}
                </button>
            </header>
            <ol>
                {props.town.spans.map((span) => (
                    <li key={span.from} class="town-span">
                        <p class="town-days">
                            {span.to === null ? t("range.open", { from: tellDay(span.from, "short") }) : tellRange(span.from, span.to)}
                            <StatusMark status={span.status} />
                            <span class="quiet">
                                {t("rule")} <bdi>{span.rule}</bdi>
                            </span>
                        </p>
                        <p>
                            <Said span={span} />
                        </p>
                        <ClaimList title={t("claims.for")} claims={claimsOf(span).filter((claim) => claim.isFor)} />
                        <ClaimList title={t("claims.against")} claims={claimsOf(span).filter((claim) => !claim.isFor)} />
                    </li>
                ))}
            </ol>
        </section>
    );
}
