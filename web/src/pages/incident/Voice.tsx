/* One statement: on whose word, in which report, in which sentence, with the way to its text. */
import { tellDay } from "../../base/dates";
import { partyName } from "../../base/names";
import { href } from "../../base/router";
import { joinNames, tellSpeaker } from "../../base/speakers";
import { mayRead, useSession } from "../../base/session";
import type { RecordRow, Statement } from "../../base/types";
import { wordsOf } from "../../base/words";
import { ModalityMark, StateMark } from "../../parts/Marks";
import { incidentWords } from "../../words/incident";
import { becauseText } from "./because";
import { splitList } from "./chains";

const t = wordsOf(incidentWords);

/* The record has the words of the report; the table alone the party. */
function speakerText(statement: Statement, record: RecordRow | undefined): string {
    const said = record?.record.sources.map(tellSpeaker);
    return joinNames(said !== undefined && said.length > 0 ? said : splitList(statement.speakers).map(partyName));
}

export function ByLine(props: { statement: Statement; record: RecordRow | undefined }) {
    const { statement } = props;
    const outlet = <bdi>{statement.outlet}</bdi>;
    const day = statement.published === null ? t("statement.undated") : tellDay(statement.published, "short");
    const who = speakerText(statement, props.record);
    return <span class="voice-by">{who === "" ? t.rich("statement.own", { outlet, day }) : t.rich("statement.in", { who: <bdi>{who}</bdi>, outlet, day })}</span>;
}

export function ToText({ statement }: { statement: Statement }) {
    if (!mayRead(useSession())) return null; // the public view has no texts of reports
    return (
        <a class="voice-open reach" href={href(`/article/${statement.article}`, { record: statement.id })}>
            {t("statement.open")}
        </a>
    );
}

export function Voice(props: { statement: Statement; record: RecordRow | undefined }) {
    const { statement } = props;
    const parties = (ids: string) => joinNames(splitList(ids).map(partyName));
    return (
        <article class={statement.modality === "denied" ? "voice voice-denial" : "voice"}>
            <p>
                <ByLine {...props} />
            </p>
            <p class="voice-marks">
                <ModalityMark modality={statement.modality} />
                <StateMark state={statement.state} />
            </p>
            {statement.sentence !== "" && (
                <blockquote class="voice-words" lang="ar" dir="rtl">
                    {statement.sentence}
                </blockquote>
            )}
            <p class="quiet">
                {statement.actors !== "" && (
                    <>
                        {t("statement.actors")}: <bdi>{parties(statement.actors)}</bdi> ·{" "}
                    </>
                )}
                {t("chain.why")} {becauseText(statement.because, t)}
            </p>
            <ToText statement={statement} />
        </article>
    );
}
