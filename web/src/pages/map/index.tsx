import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageProps } from "../../app/pages";
import { useAsked, useRows } from "../../base/api";
import { useKeys } from "../../base/keys";
import { day, flag, go, href, oneOf, text, useQuery } from "../../base/router";
import type { ControlRow, Incident, MapAnswer } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { FILTERS, FilterBar, isFiltered, questionOf } from "../../parts/Filters";
import { Page } from "../../parts/Page";
import { FaultNote } from "../../parts/Status";
import type { Box, View } from "../../parts/map/geo";
import { boxOfMost, latOf, lonOf, readBox, writeBox } from "../../parts/map/geo";
import type { Names, Spot } from "../../parts/map/WorldMap";
import { WorldMap, boxOfWorld } from "../../parts/map/WorldMap";
import { mapWords } from "../../words/map";
import { partsWords } from "../../words/parts";
import { DaySlider } from "../control/DaySlider";
import { TownKey } from "../control/TownKey";
import { TOWN_LIFT, hitTown, paintTowns, townInks } from "../control/townMarks";
import { townNames } from "../control/townNames";
import { spansAt, useControl } from "../control/useControl";
import { Legend } from "./Legend";
import { List } from "./List";
import { paintClusters, readInks } from "./marks";
import { keepName, nameAt, useNamesAt } from "./placeNames";
import type { Cluster, Points } from "./points";
import { clusterPoints, countPoints, hitCluster, radiusOf, readPoints } from "./points";
import "./style.css";
import type { By } from "./Time";
import { BY, Time } from "./Time";

const t = wordsOf(mapWords);
const tParts = wordsOf(partsWords);
const FIELDS = { ...FILTERS, by: oneOf<By>(BY, "kind"), here: text(), control: flag(), at: day() };
const MOST = 50000; // points
const NAMED = 14; // marks that get a name
const HEEDED = 150; // marks, the largest, that names keep clear of
const ABOUT = 0.0002; // degrees around a point: twenty metres
const MARGIN = 0.4; // degrees around all points
const FAR_SHARE = 0.04; // of points that may lie outside of the first view, on each side: talks in Geneva do not make Aleppo small
const NONE: readonly ControlRow[] = [];

/* Clusters of the zoom asked for last: they change with the zoom, not while the map is dragged. */
function useClusters(points: Points): (zoom: number) => ReturnType<typeof clusterPoints> {
    const kept = useRef<{ points: Points; zoom: number; value: ReturnType<typeof clusterPoints> } | null>(null);
    return useCallback(
        (zoom: number) => {
            if (kept.current === null || kept.current.points !== points || kept.current.zoom !== zoom) kept.current = { points, zoom, value: clusterPoints(points, zoom) };
            return kept.current.value;
        },
        [points],
    );
}

const boxOfCluster = (cluster: Cluster): Box => {
    const box = boxOfWorld(cluster.west, cluster.north, cluster.east, cluster.south);
    return { west: box.west - ABOUT, south: box.south - ABOUT, east: box.east + ABOUT, north: box.north + ABOUT };
};

function namesOf(clusters: readonly Cluster[], view: View): Names {
    const isSeen = (c: Cluster) => {
        const x = c.x * view.scale - view.x;
        const y = c.y * view.scale - view.y;
        return x > 0 && y > 0 && x < view.width && y < view.height;
    };
    const seen = clusters.filter(isSeen).slice(-HEEDED).reverse();
    const named = seen.flatMap((c) => {
        const text = nameAt(latOf(c.y), lonOf(c.x));
        return text === null ? [] : [{ text, x: c.x, y: c.y, below: radiusOf(c.count) + 1 }];
    });
    return { labels: named.slice(0, NAMED), marks: seen.map((c) => ({ x: c.x, y: c.y, radius: radiusOf(c.count) })) };
}

function together(...all: Names[]): Names {
    return { labels: all.flatMap((names) => names.labels), marks: all.flatMap((names) => names.marks) };
}

/* The largest marks that stand for one place. */
const largest = (clusters: readonly Cluster[]): { lat: number; lon: number }[] =>
    clusters
        .slice(-4 * NAMED)
        .filter((c) => c.east - c.west < 1e-7 && c.south - c.north < 1e-7)
        .slice(-NAMED)
        .map((c) => ({ lat: latOf(c.y), lon: lonOf(c.x) }));

export default function MapPage(_: PageProps) {
    const [query, change] = useQuery(FIELDS);
    const { by, here, control: isControl, at, ...filters } = query;
    const { box: boxText, ...unboxed } = questionOf(filters) as Record<string, string | string[]> & { box: string };
    const answer = useAsked<MapAnswer>("/map", { ...unboxed, limit: MOST });
    const points = useMemo(() => readPoints(answer.value ?? { columns: [] as never, rows: [], more: false }), [answer.value]);
    const rows = useRows<Incident>("/incidents", { ...unboxed, box: here === "" ? boxText : here });
    const clustersAt = useClusters(points);
    const [lit, light] = useState<string | null>(null);
    const [zoom, setZoom] = useState(6);
    const [isOpen, open] = useState(false); // the filters, on phones
    const control = useControl(isControl, {});
    const shownDay = at === "" ? control.last : at;
    const spans = useMemo(() => (isControl ? spansAt(control.towns, shownDay) : NONE), [isControl, control.towns, shownDay]);
    useMemo(() => rows.rows?.forEach(keepName), [rows.rows]);
    const named = useNamesAt(largest(clustersAt(zoom).clusters));
    const counts = useMemo(() => countPoints(points), [points]);
    const asksBox = useMemo(() => readBox(boxText), [boxText]);
    const allBox = useMemo(() => boxOfMost(Array.from(points.x, lonOf), Array.from(points.y, latOf), FAR_SHARE, MARGIN), [points]);
    const [fitted, fit] = useState<Box | null>(asksBox);
    useEffect(() => fit(asksBox ?? allBox), [asksBox, boxText === "" ? allBox : null]);

    const paint = (context: CanvasRenderingContext2D, view: View) => {
        const { clusters, at: clusterOf } = clustersAt(view.zoom);
        const index = lit === null ? undefined : points.indexes.get(lit);
        const hereBox = readBox(here);
        const litClusters = index !== undefined ? [clusterOf[index]] : hereBox === null ? [] : [clusters.find((c) => isIn(c, hereBox))];
        if (spans.length > 0) paintTowns(context, view, { spans, lit: null, lift: TOWN_LIFT }, townInks(control.holders));
        paintClusters(context, view, { points, clusters, lit: litClusters.flatMap((c) => c ?? []) }, readInks());
        if (view.zoom !== zoom) queueMicrotask(() => setZoom(view.zoom));
    };
    const towns = { spans, lift: TOWN_LIFT };
    const zoomOf = ({ scale }: Spot) => Math.log2(scale / 256);
    const press = (spot: Spot) => {
        const hit = hitCluster(clustersAt(zoomOf(spot)).clusters, spot.x, spot.y, spot.scale);
        const town = hit === null ? hitTown(towns, spot.x, spot.y, spot.scale) : null;
        if (hit !== null) change({ here: writeBox(boxOfCluster(hit)) });
        else if (town !== null) go(href("/control", { at: shownDay, town: town.place_id }));
        else if (here !== "") change({ here: "" });
    };
    useKeys([
        { key: "l", says: t("keys.list"), run: () => document.getElementById("map-list")?.focus() },
        { key: "0", says: t("keys.fit"), run: () => change({ box: "", here: "" }) },
    ]);

    return (
        <Page title={t("title")} isWide>
            <button type="button" class="filters-fold" aria-expanded={isOpen} aria-controls="map-filters" onClick={() => open(!isOpen)}>
                {tParts("filters")} {isFiltered(filters) && <span class="count">{t("filtered")}</span>}
            </button>
            <div id="map-filters" class={isOpen ? "map-filters is-open" : "map-filters"}>
                <FilterBar filters={filters} onChange={change} has={["words", "from", "to", "kind", "party", "area", "grade", "box"]}>
                    <label class="tick control-tick">
                        <input type="checkbox" checked={isControl} onChange={(event) => change({ control: event.currentTarget.checked })} />
                        <span>{t("control.layer")}</span>
                    </label>
                </FilterBar>
            </div>
            {answer.fault !== null && <FaultNote fault={answer.fault} onRetry={answer.reload} />}
            {isControl && control.days.length > 0 && (
                <DaySlider days={control.days} last={control.last} day={shownDay} onDay={(to) => change({ at: to }, { replace: true })} />
            )}
            <p class="map-count quiet" role="status">
                {answer.value === null && answer.isLoading ? t("loading") : t("on-map", { n: points.count })}
                {answer.value?.more === true && ` ${t("more")}`}
            </p>
            <div class="beside">
                <WorldMap
                    label={t("map.label")}
                    drawn={[points, spans, lit, here, named, language()]}
                    paint={paint}
                    names={(view) => together(namesOf(clustersAt(view.zoom).clusters, view), townNames(spans, TOWN_LIFT))}
                    box={fitted}
                    onBox={(box) => change({ box: writeBox(box) }, { replace: true })}
                    onPress={press}
                    isAnything={(spot) => hitCluster(clustersAt(zoomOf(spot)).clusters, spot.x, spot.y, spot.scale) !== null || hitTown(towns, spot.x, spot.y, spot.scale) !== null}
                />
                <List
                    asked={rows}
                    isHere={here !== ""}
                    onBack={() => change({ here: "" })}
                    onZoom={() => {
                        change({ box: here, here: "" });
                        fit(readBox(here));
                    }}
                    chosen={lit}
                    onLight={light}
                />
            </div>
            <Legend counts={counts} kinds={filters.kind} onKinds={(kind) => change({ kind })} />
            {isControl && <TownKey spans={spans} holders={control.holders} />}
            <Time
                question={{ ...unboxed, box: boxText }}
                by={by}
                from={filters.from}
                to={filters.to}
                onBy={(to) => change({ by: to })}
                onDays={(days) => change(days)}
            />
        </Page>
    );
}

const isIn = (c: Cluster, box: Box): boolean => {
    const lat = latOf(c.y);
    const lon = lonOf(c.x);
    return lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north;
};
