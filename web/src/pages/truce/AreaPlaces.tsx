/* The places of an agreement's area, by the names that the gazetteer has for their ids. Asked for when somebody opens the list: there may be many. */
import { useEffect, useState } from "preact/hooks";
import { get } from "../../base/api";
import { href } from "../../base/router";
import type { GazetteerRow } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { truceWords } from "../../words/truce";

const t = wordsOf(truceWords);

export function AreaPlaces(props: { ids: readonly string[] }) {
    const [isOpen, open] = useState(false);
    return (
        <details onToggle={(event) => open(event.currentTarget.open)}>
            <summary>{t("area.places", { n: props.ids.length })}</summary>
            {isOpen && <Names ids={props.ids} />}
        </details>
    );
}

function Names(props: { ids: readonly string[] }) {
    const [places, keep] = useState<ReadonlyMap<string, GazetteerRow>>(new Map());
    const all = props.ids.join(",");
    useEffect(() => {
        const abort = new AbortController();
        void Promise.all(all.split(",").map((id) => get<{ rows: GazetteerRow[] }>("/places", { id }, abort.signal))).then((answers) => {
            const rows = answers.flatMap((answer) => (answer.ok ? answer.value.rows : []));
            if (!abort.signal.aborted) keep(new Map(rows.map((row) => [row.id, row])));
        });
        return () => abort.abort();
    }, [all]);
    return (
        <p class="truce-places">
            {props.ids.map((id) => {
                const place = places.get(id);
                if (place === undefined) return <bdi key={id}>{id}</bdi>;
                return (
                    <a key={id} href={href("/places", { name: place.name })} title={id}>
                        <bdi>{language() === "en" && place.name_en !== "" ? place.name_en : place.name}</bdi>
                    </a>
                );
            })}
        </p>
    );
}
