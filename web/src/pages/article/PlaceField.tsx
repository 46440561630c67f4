/* Which place is meant: those of its name in the gazetteer, with how far each is from the record's other places. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { useAsked } from "../../base/api";
import type { Point } from "../../base/distance";
import { kilometres } from "../../base/distance";
import { joinNames } from "../../base/speakers";
import type { GazetteerRow, RecordPlace, Table } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { TextField } from "../../parts/Fields";
import { FaultNote } from "../../parts/Status";
import { articleWords } from "../../words/article";
import { placeText } from "./Fields";

const t = wordsOf(articleWords);
const QUIET_MS = 250;
const OFFERED_MOST = 12;

interface Known extends Point {
    name: string;
}

/* Places of the record with a point, but for the one that is being mended. */
function knownPlaces(places: readonly RecordPlace[], read: RecordPlace | undefined): Known[] {
    return places.flatMap((p) => (p === read || p.lat === null || p.lon === null ? [] : [{ name: p.norm, lat: p.lat, lon: p.lon }]));
}

export function PlaceField(props: { places: readonly RecordPlace[]; value: string; onChange: (id: string) => void }) {
    const read = props.places.find((p) => p.relation !== "from" && p.relation !== "to");
    const [name, search] = useState(read?.norm ?? "");
    const group = useId();
    const asked = useAsked<Table<GazetteerRow>>(name.trim() === "" ? null : "/places", { name: name.trim() });
    const known = knownPlaces(props.places, read);
    const found = (asked.value?.rows ?? []).filter((row) => row.id !== read?.id).slice(0, OFFERED_MOST);
    const option = (value: string, title: ComponentChildren) => (
        <label key={value} class="tick choice">
            <input type="radio" name={group} value={value} checked={props.value === value} onChange={() => props.onChange(value)} />
            <span>{title}</span>
        </label>
    );
    return (
        <fieldset class="choices">
            <legend class="field-label">{t("edit.place")}</legend>
            {read?.id != null && option(read.id, <Candidate title={t("edit.place.keep", { place: placeText(read) })} admin={read.admin1 ?? ""} id={read.id} point={read} known={known} />)}
            {option("", t("edit.place.none"))}
            <TextField label={t("edit.place.search")} type="search" value={name} onChange={search} delay={QUIET_MS} />
            {asked.fault !== null && <FaultNote fault={asked.fault} />}
            {found.map((row) => option(row.id, <Candidate title={`${row.name} · ${row.name_en}`} admin={joinNames([row.admin1, row.admin2].filter((part) => part !== ""))} id={row.id} feature={row.feature} point={row} known={known} />))}
            {asked.value !== null && asked.value.rows.length === 0 && <p class="hint">{t("edit.place.empty")}</p>}
        </fieldset>
    );
}

function Candidate(props: { title: string; admin: string; id: string; feature?: string; point: { lat: number | null; lon: number | null }; known: readonly Known[] }) {
    const { lat, lon } = props.point;
    return (
        <>
            <bdi>{props.title}</bdi>
            {props.admin !== "" && <bdi> ({props.admin})</bdi>}
            <span class="quiet choice-says">
                <code>{[props.feature, props.id, lat === null || lon === null ? null : `${lat.toFixed(3)}, ${lon.toFixed(3)}`].filter((part) => part != null).join(" · ")}</code>
                {lat !== null &&
                    lon !== null &&
                    props.known.slice(0, 2).map((other) => <span key={other.name}> · {t("edit.place.km", { n: number(Math.round(kilometres({ lat, lon }, other))), place: other.name })}</span>)}
            </span>
        </>
    );
}
