/* Releases: what went out, sealed; and making one. */
import { useState } from "preact/hooks";
import type { PageProps } from "../../app/pages";
import type { AskedRows } from "../../base/api";
import { useRows } from "../../base/api";
import { tellRange, tellTime } from "../../base/dates";
import { href, useQuery, whole } from "../../base/router";
import { mayRelease, useSession } from "../../base/session";
import type { ReleaseRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { EmptyNote } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { releaseWords } from "../../words/releases";
import { Files } from "./Files";
import { MakeRelease } from "./Make";
import "./style.css";

const t = wordsOf(releaseWords);
const FIELDS = { release: whole(0) };
const MOST_ROWS = 1000;

const addressOf = (r: ReleaseRow): string => href("/releases", { release: r.number });

const columns = (): Column<ReleaseRow>[] => [
    { name: "number", title: t("number"), isMain: true, cell: (r) => <a href={addressOf(r)}>{t("release", { number: String(r.number) })}</a> },
    { name: "title", title: t("title.field"), cell: (r) => <bdi>{r.title ?? "–"}</bdi> },
    { name: "made", title: t("made.at"), cell: (r) => tellTime(r.made) },
    { name: "profile", title: t("profile"), cell: (r) => t.named("profile", r.profile) },
    { name: "licence", title: t("licence"), cell: (r) => <bdi>{r.licence ?? t("licence.none")}</bdi> },
    { name: "days", title: t("days"), cell: (r) => (r.from === null && r.to === null ? t("period.all") : tellRange(r.from, r.to)) },
    { name: "incidents", title: t("incidents"), align: "end", cell: (r) => (r.incidents === null ? "–" : number(r.incidents)) },
    { name: "withdrawn", title: t("withdrawn"), align: "end", cell: (r) => (r.withdrawn === null ? "–" : number(r.withdrawn)) },
];

export default function ReleasesPage(_: PageProps) {
    const [query, change] = useQuery(FIELDS);
    const session = useSession();
    const [isMaking, make] = useState(false);
    const asked = useRows<ReleaseRow>("/releases", { limit: MOST_ROWS });
    const newestFirst: AskedRows<ReleaseRow> = { ...asked, rows: asked.rows === null ? null : [...asked.rows].reverse() };
    const chosen = asked.rows?.find((r) => r.number === query.release);
    const mayMake = mayRelease(session);
    const button = mayMake && (
        <button type="button" class="primary" onClick={() => make(true)}>
            {t("make")}
        </button>
    );
    return (
        <Page title={t("title")} lead={t("lead")} actions={button} isWide>
            {!mayMake && <p class="hint">{t(session.mode === "read-only" ? "make.read-only" : "make.not-allowed")}</p>}
            <AskedTable
                caption={t("title")}
                asked={newestFirst}
                columns={columns()}
                keyOf={(r) => String(r.number)}
                chosen={query.release === 0 ? null : String(query.release)}
                onChoose={(r) => change({ release: r.number })}
                whyEmpty={t("empty")}
                hasKeys
                isDense
            />
            {query.release !== 0 && asked.rows !== null && chosen === undefined && <EmptyNote why={t("not-there", { number: String(query.release) })} />}
            {chosen !== undefined && (
                <section key={chosen.number} class="release-detail">
                    <h2>
                        {t("release", { number: String(chosen.number) })} · <bdi>{chosen.title}</bdi>
                    </h2>
                    {chosen.profile !== "public" && <p class="note note-fault">{t("not-public", { profile: t.named("profile", chosen.profile) })}</p>}
                    <Files release={chosen} />
                </section>
            )}
            {isMaking && <MakeRelease onClose={() => make(false)} />}
        </Page>
    );
}
