/*
 * A Leaflet layer that is one canvas, larger than the map by a margin: while somebody drags, the browser moves it, and nothing is drawn before the map has
 * come to rest or leaves the margin.
 */
import type { LeafletEventHandlerFn, Map as LeafletMap, Point, ZoomAnimEvent } from "leaflet";
import { DomUtil, Layer, point } from "leaflet";
import type { View } from "./geo";
import { scaleOf } from "./geo";

export type Paint = (context: CanvasRenderingContext2D, view: View) => void;

const MARGIN = 0.35; // of the map's size, on each side

export class CanvasLayer extends Layer {
    private readonly canvas = document.createElement("canvas");
    private map: LeafletMap | null = null;
    private centre: { lat: number; lng: number } = { lat: 0, lng: 0 };
    private zoom = 0;
    private corner: Point = point(0, 0); // of the layer's plane
    private size: Point = point(0, 0);
    view: View | null = null;

    constructor(
        private readonly paint: Paint,
        private readonly paneName: "tilePane" | "overlayPane",
    ) {
        super();
        this.canvas.className = "leaflet-zoom-animated map-canvas";
        this.canvas.setAttribute("aria-hidden", "true");
    }

    override onAdd(map: LeafletMap): this {
        this.map = map;
        map.getPane(this.paneName)?.append(this.canvas);
        this.redraw();
        return this;
    }

    override onRemove(): this {
        this.canvas.remove();
        this.map = null;
        return this;
    }

    override getEvents(): Record<string, LeafletEventHandlerFn> {
        return {
            moveend: () => this.redraw(),
            resize: () => this.redraw(),
            move: () => this.isLeft() && this.redraw(),
            zoomanim: (event) => this.follow(event as ZoomAnimEvent),
        };
    }

    redraw(): void {
        const map = this.map;
        if (map === null) return;
        const shown = map.getSize();
        this.corner = map.containerPointToLayerPoint(shown.multiplyBy(-MARGIN)).round();
        this.size = shown.multiplyBy(1 + 2 * MARGIN).round();
        this.centre = map.getCenter();
        this.zoom = map.getZoom();
        const origin = map.getPixelOrigin().add(this.corner);
        this.view = { zoom: this.zoom, scale: scaleOf(this.zoom), x: origin.x, y: origin.y, width: this.size.x, height: this.size.y };
        this.draw(this.view);
        DomUtil.setTransform(this.canvas, this.corner, 1);
    }

    private draw(view: View): void {
        const density = Math.min(2, devicePixelRatio);
        const width = Math.round(view.width * density);
        const height = Math.round(view.height * density);
        if (this.canvas.width !== width || this.canvas.height !== height) {
            this.canvas.width = width;
            this.canvas.height = height;
            this.canvas.style.width = `${view.width}px`;
            this.canvas.style.height = `${view.height}px`;
        }
        const context = this.canvas.getContext("2d");
        if (context === null) return;
        context.setTransform(density, 0, 0, density, 0, 0);
        context.clearRect(0, 0, view.width, view.height);
        this.paint(context, view);
    }

    /* Has the map been moved beyond the margin? */
    private isLeft(): boolean {
        if (this.map === null || this.zoom !== this.map.getZoom()) return false;
        const seen = this.map.containerPointToLayerPoint([0, 0]);
        const far = seen.add(this.map.getSize());
        const end = this.corner.add(this.size);
        return seen.x < this.corner.x || seen.y < this.corner.y || far.x > end.x || far.y > end.y;
    }

    /* While a zoom is animated the old picture is stretched to where the new one will be. */
    private follow(event: ZoomAnimEvent): void {
        const map = this.map;
        if (map === null) return;
        const scale = map.getZoomScale(event.zoom, this.zoom);
        const pane = map.getPane("mapPane");
        const moved = pane === undefined ? point(0, 0) : DomUtil.getPosition(pane);
        const origin = map.project(event.center, event.zoom).subtract(map.getSize().divideBy(2)).add(moved).round();
        const corner = map.project(this.centre, event.zoom).subtract(this.size.multiplyBy(scale / 2)).subtract(origin);
        DomUtil.setTransform(this.canvas, corner, scale);
    }
}
