import type { PageProps } from "../../app/pages";
import { useRows } from "../../base/api";
import { holdsWords } from "../../base/fold";
import { partyName } from "../../base/names";
import { href, text, useQuery } from "../../base/router";
import type { ActorRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { SelectField, TextField } from "../../parts/Fields";
import { Page } from "../../parts/Page";
import { sideName } from "../../parts/side";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { actorsWords } from "../../words/actors";
import "../manage.css";

const t = wordsOf(actorsWords);
const FIELDS = { words: text(), side: text() };
const ALL = 1000; // the table of parties is small: it is searched here, letter by letter

const mapOf = (party: ActorRow): string => href("/map", { party: party.who });

const columns = (): Column<ActorRow>[] => [
    {
        name: "name-ar",
        title: t("name.ar"),
        isMain: true,
        cell: (party) => (
            <bdi lang="ar" dir="rtl">
                {party.name_ar}
            </bdi>
        ),
    },
    { name: "name-en", title: t("name.en"), cell: (party) => <bdi lang="en">{party.name_en}</bdi> },
    { name: "side", title: t("side"), cell: (party) => (party.side === null ? "–" : <bdi>{sideName(party.side)}</bdi>) },
    { name: "type", title: t("type"), cell: (party) => t.named("type", party.type) },
    { name: "country", title: t("country"), cell: (party) => (party.country === null ? "–" : <code>{party.country}</code>) },
    { name: "id", title: t("id"), cell: (party) => <code>{party.who}</code> },
    {
        name: "incidents",
        title: t("incidents"),
        cell: (party) => (
            <a href={mapOf(party)}>
                {t("on-map")}
                <span class="unseen">: {t("incidents.of", { name: partyName(party.who) })}</span>
            </a>
        ),
    },
];

export default function ActorsPage(_: PageProps) {
    const [asked, change] = useQuery(FIELDS);
    const all = useRows<ActorRow>("/actors", { limit: ALL });
    const sides = [...new Set((all.rows ?? []).flatMap((party) => party.side ?? []))].sort();
    const isAsked = asked.words !== "" || asked.side !== "";
    const rows = all.rows?.filter(
        (party) => (asked.side === "" || party.side === asked.side) && holdsWords([party.name_ar, party.name_en, party.who], asked.words),
    );
    return (
        <Page title={t("title")} lead={t("lead")} isWide>
            <div class="stack">
                <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
                    <TextField
                        label={t("search")}
                        type="search"
                        value={asked.words}
                        placeholder={t("search.hint")}
                        onChange={(words) => change({ words }, { replace: true })}
                    />
                    <SelectField
                        label={t("side")}
                        value={asked.side}
                        choices={[{ value: "", title: t("side.any") }, ...sides.map((side) => ({ value: side, title: sideName(side) }))]}
                        onChange={(side) => change({ side })}
                    />
                </form>
                <AskedTable
                    caption={t("table")}
                    columns={columns()}
                    keyOf={(party) => party.who}
                    hrefOf={mapOf}
                    asked={{ ...all, rows: rows ?? null }}
                    whyEmpty={t(isAsked ? "empty.search" : "empty.all")}
                    empty={isAsked && <a href="/actors">{t("clear")}</a>}
                    hasKeys
                />
                <p class="quiet">{t("source")}</p>
            </div>
        </Page>
    );
}
