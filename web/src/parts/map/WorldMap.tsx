/*
 * The map that pages paint on: Leaflet moves it, one canvas holds the land, one what the page paints. It says nothing to who cannot see it: beside each map
 * stands a list of the same.
 */
import { Map as LeafletMap, control } from "leaflet";
import "leaflet/dist/leaflet.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { direction, language, wordsOf } from "../../base/words";
import { mapPartWords } from "../../words/mapPart";
import { CanvasLayer } from "./canvas";
import { colourOf } from "./colours";
import type { Box, View } from "./geo";
import { latOf, lonOf, scaleOf, worldX, worldY } from "./geo";
import type { Label, Mark } from "./labels";
import { countryLabels, placeLabels } from "./labels";
import { landRings, paintLand } from "./land";
import "./map.css";

const t = wordsOf(mapPartWords);

/* A point of the map under the pointer, and how many pixels the world is across. */
export interface Spot {
    x: number;
    y: number;
    scale: number;
}

export interface WorldMapProps {
    label: string;
    drawn: readonly unknown[]; // painted anew when one of these changes
    paint: (context: CanvasRenderingContext2D, view: View) => void;
    names: (view: View) => Names;
    box: Box | null; // shown when it changes
    onBox?: (box: Box) => void; // somebody moved the map
    onPress?: (spot: Spot) => void;
    isAnything?: (spot: Spot) => boolean; // would a press hit something?
    children?: ComponentChildren; // stands over the map
}

/* Names to be written, the weightiest first, and what they must not lie on. */
export interface Names {
    labels: readonly Label[];
    marks: readonly Mark[];
}

const USUAL: Box = { west: 24, south: 12, east: 56, north: 40 };

const isSame = (a: Box | null, b: Box | null): boolean =>
    a === b || (a !== null && b !== null && a.west === b.west && a.south === b.south && a.east === b.east && a.north === b.north);

function show(map: LeafletMap, box: Box): void {
    map.fitBounds([[box.south, box.west], [box.north, box.east]], { animate: false, maxZoom: 10 });
}

function boxSeen(map: LeafletMap): Box {
    const seen = map.getBounds();
    return { west: seen.getWest(), south: seen.getSouth(), east: seen.getEast(), north: seen.getNorth() };
}

/* Names lie in a pane of Leaflet's, which moves with the map. */
function writeLabels(pane: HTMLElement, view: View, { labels, marks }: Names, map: LeafletMap): void {
    const origin = map.getPixelOrigin();
    const seen = map.getSize();
    const edge = { x: (view.width - seen.x) / 2, y: (view.height - seen.y) / 2 };
    pane.replaceChildren(
        ...placeLabels([...labels, ...countryLabels(view.zoom)], marks, view, edge).map((label) => {
            const name = document.createElement("bdi");
            name.className = label.isCountry === true ? "map-label map-country" : "map-label";
            name.textContent = label.text;
            name.style.transform = `translate(${Math.round(label.left + view.x - origin.x)}px, ${Math.round(label.top + view.y - origin.y)}px) translateX(-50%)`;
            return name;
        }),
    );
}

export function WorldMap(props: WorldMapProps) {
    const frame = useRef<HTMLDivElement>(null);
    const latest = useRef(props);
    const made = useRef<{ map: LeafletMap; marks: CanvasLayer; names: () => void } | null>(null);
    const told = useRef<Box | null>(null); // what the page was told, or showed last
    const isOurs = useRef(false); // the page moves the map, not its reader
    latest.current = props;

    useEffect(() => {
        const element = frame.current;
        if (element === null) return undefined;
        const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
        const map = new LeafletMap(element, {
            zoomControl: false,
            attributionControl: false,
            minZoom: 2,
            maxZoom: 14,
            maxBounds: [[-85, -180], [85, 180]],
            zoomAnimation: !isCalm,
            fadeAnimation: !isCalm,
            inertia: !isCalm,
        });
        control.zoom({ position: direction() === "rtl" ? "topleft" : "topright", zoomInTitle: t("zoom.in"), zoomOutTitle: t("zoom.out") }).addTo(map);
        told.current = latest.current.box;
        show(map, latest.current.box ?? USUAL);
        let land: Awaited<ReturnType<typeof landRings>> = [];
        const ground = new CanvasLayer((context, view) => paintLand(context, view, land, { land: colourOf("--map-land"), border: colourOf("--map-border") }), "tilePane");
        const marks = new CanvasLayer((context, view) => latest.current.paint(context, view), "overlayPane");
        const pane = map.createPane("names");
        pane.className += " leaflet-zoom-hide map-names";
        const names = () => {
            if (marks.view !== null) writeLabels(pane, marks.view, latest.current.names(marks.view), map);
        };
        map.addLayer(ground).addLayer(marks);
        names();
        void landRings().then((rings) => {
            land = rings;
            ground.redraw();
        });
        made.current = { map, marks, names };
        map.on("moveend", () => {
            names();
            if (isOurs.current) return;
            told.current = boxSeen(map);
            latest.current.onBox?.(told.current);
        });
        map.on("click", (event) => latest.current.onPress?.(spotOf(map, event.latlng)));
        map.on("mousemove", (event) => {
            element.classList.toggle("is-on-mark", latest.current.isAnything?.(spotOf(map, event.latlng)) === true);
        });
        const size = new ResizeObserver(() => {
            isOurs.current = true;
            map.invalidateSize({ animate: false });
            isOurs.current = false;
        });
        size.observe(element);
        const theme = matchMedia("(prefers-color-scheme: dark)");
        const redraw = () => {
            ground.redraw();
            marks.redraw();
        };
        theme.addEventListener("change", redraw);
        return () => {
            theme.removeEventListener("change", redraw);
            size.disconnect();
            map.remove();
            made.current = null;
        };
    }, [language()]);

    useEffect(() => {
        if (made.current === null || props.box === null || isSame(props.box, told.current)) return;
        told.current = props.box;
        isOurs.current = true;
        show(made.current.map, props.box);
        isOurs.current = false;
    }, [props.box]);

    useEffect(() => {
        made.current?.marks.redraw();
        made.current?.names();
    }, [...props.drawn]);

    return (
        <div class="map-frame">
            <div class="map" ref={frame} dir="ltr" role="region" aria-label={props.label} />
            {props.children}
            <p class="map-note">{t("borders")}</p>
        </div>
    );
}

function spotOf(map: LeafletMap, at: { lat: number; lng: number }): Spot {
    return { x: worldX(at.lng), y: worldY(at.lat), scale: scaleOf(map.getZoom()) };
}

/* A box of some pixels around a spot, for what lies at one point. */
export function boxOfWorld(west: number, north: number, east: number, south: number): Box {
    return { west: lonOf(west), south: latOf(south), east: lonOf(east), north: latOf(north) };
}
