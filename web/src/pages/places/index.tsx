import type { PageProps } from "../../app/pages";
import { useRows } from "../../base/api";
import { href, text, useQuery } from "../../base/router";
import type { GazetteerRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { TextField } from "../../parts/Fields";
import { Page } from "../../parts/Page";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { placesWords } from "../../words/places";
import "../manage.css";
import { incidentsAt, pointOf } from "./point";

const t = wordsOf(placesWords);
const FIELDS = { name: text() };
const TYPING_MS = 300;

const mapOf = (place: GazetteerRow): string => href("/map", incidentsAt(place));

function Name(props: { place: GazetteerRow }) {
    const { name, name_en } = props.place;
    return (
        <>
            <bdi lang="ar">{name}</bdi>
            {name_en !== "" && name_en !== name && (
                <span class="hint">
                    {" "}
                    <bdi lang="en">{name_en}</bdi>
                </span>
            )}
        </>
    );
}

function Source(props: { place: GazetteerRow }) {
    return (
        <>
            {props.place.source === "own" ? t("source.own") : <bdi lang="en">{props.place.source}</bdi>}{" "}
            <span class="hint">
                <code>{props.place.id}</code>
            </span>
        </>
    );
}

const columns = (isNear: boolean): Column<GazetteerRow>[] => [
    { name: "place", title: t("place"), isMain: true, cell: (place) => <Name place={place} /> },
    { name: "kind", title: t("kind"), cell: (place) => t.named("feature", place.feature) },
    { name: "governorate", title: t("governorate"), cell: (place) => <bdi>{place.admin1 || "–"}</bdi> },
    { name: "district", title: t("district"), isQuiet: true, cell: (place) => <bdi>{place.admin2 || "–"}</bdi> },
    { name: "country", title: t("country"), cell: (place) => <code>{place.country || "–"}</code> },
    ...(isNear ? [{ name: "away", title: t("away"), cell: (place: GazetteerRow) => (place.km === null ? "–" : t("km", { n: Math.round(place.km * 10) / 10 })) }] : []),
    {
        name: "point",
        title: t("point"),
        cell: (place) => (
            <code>
                {place.lat.toFixed(4)}, {place.lon.toFixed(4)}
            </code>
        ),
    },
    { name: "source", title: t("source"), cell: (place) => <Source place={place} /> },
    {
        name: "incidents",
        title: t("incidents"),
        cell: (place) => (
            <a href={mapOf(place)}>
                {t(place.feature === "adm1" ? "within" : "around")}
                <span class="unseen">: {t("incidents.of", { name: place.name })}</span>
            </a>
        ),
    },
];

export default function PlacesPage(_: PageProps) {
    const [{ name }, change] = useQuery(FIELDS);
    const asked = name.trim();
    const point = pointOf(asked);
    const places = useRows<GazetteerRow>(asked === "" ? null : "/places", point === null ? { name: asked } : { near: `${point.lat},${point.lon}` });
    return (
        <Page title={t("title")} lead={t("lead")} isWide>
            <div class="stack">
                <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
                    <TextField
                        label={t("search")}
                        type="search"
                        value={name}
                        placeholder={t("search.hint")}
                        delay={TYPING_MS}
                        onChange={(value) => change({ name: value }, { replace: true })}
                    />
                </form>
                {asked === "" ? (
                    <p class="note">{t("ask")}</p>
                ) : (
                    <>
                        {point === null && places.rows !== null && places.rows.length > 1 && <p class="quiet">{t("several", { n: places.rows.length })}</p>}
                        <AskedTable
                            caption={t(point === null ? "table" : "table.near")}
                            columns={columns(point !== null)}
                            keyOf={(place) => place.id}
                            hrefOf={mapOf}
                            asked={places}
                            whyEmpty={point === null ? t("empty.name", { name: asked }) : t("empty.near")}
                            hasKeys
                        />
                    </>
                )}
                <p class="quiet">{t("note")}</p>
            </div>
        </Page>
    );
}
