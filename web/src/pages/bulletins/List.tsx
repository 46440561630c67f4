/* All bulletins that are kept, the newest first. */
import { useAgreementTitles } from "../../base/agreements";
import type { AskedRows } from "../../base/api";
import { useRows } from "../../base/api";
import { tellDay, tellTime } from "../../base/dates";
import { href } from "../../base/router";
import type { BulletinRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { bulletinWords } from "../../words/bulletins";

const t = wordsOf(bulletinWords);
const MOST_ROWS = 1000;

export function SignedMark(props: { bulletin: BulletinRow }) {
    const isSigned = props.bulletin.signed !== null;
    return <span class={isSigned ? "mark signed" : "mark unsigned"}>{t(isSigned ? "signed" : "unsigned")}</span>;
}

const columns = (titleOf: (agreement: string) => string): Column<BulletinRow>[] => [
    {
        name: "number",
        title: t("number"),
        isMain: true,
        cell: (b) => (
            <a href={href(`/bulletins/${b.number}`)}>
                {t("bulletin", { number: String(b.number) })}
            </a>
        ),
    },
    { name: "day", title: t("day"), cell: (b) => tellDay(b.day, "short") },
    { name: "state", title: t("state"), cell: (b) => <SignedMark bulletin={b} /> },
    { name: "agreement", title: t("agreement"), cell: (b) => (b.agreement === null ? t("none") : <bdi title={b.agreement}>{titleOf(b.agreement)}</bdi>) },
    { name: "rule", title: t("rule"), cell: (b) => <bdi>{b.rule ?? t("none")}</bdi> },
    { name: "profile", title: t("profile"), cell: (b) => t.named("profile", b.profile) },
    { name: "prepared", title: t("prepared"), cell: (b) => t.rich("by-at", { who: <bdi>{b.prepared_by}</bdi>, at: tellTime(b.prepared) }) },
    { name: "signed", title: t("signature"), cell: (b) => (b.signed === null ? "–" : t.rich("by-at", { who: <bdi>{b.signed_by ?? ""}</bdi>, at: tellTime(b.signed) })) },
    { name: "corrects", title: t("corrects"), cell: (b) => (b.corrects === null ? "–" : <a href={href(`/bulletins/${b.corrects}`)}>{t("bulletin", { number: String(b.corrects) })}</a>) },
];

export function BulletinList(props: { hasKeys?: boolean }) {
    const titles = useAgreementTitles();
    const asked = useRows<BulletinRow>("/bulletins", { limit: MOST_ROWS });
    const newestFirst: AskedRows<BulletinRow> = { ...asked, rows: asked.rows === null ? null : [...asked.rows].reverse() };
    return (
        <AskedTable
            caption={t("title")}
            asked={newestFirst}
            columns={columns(titles)}
            keyOf={(b) => String(b.number)}
            hrefOf={(b) => `/bulletins/${b.number}`}
            whyEmpty={t("list.empty")}
            hasKeys={props.hasKeys ?? false}
            isDense
        />
    );
}
