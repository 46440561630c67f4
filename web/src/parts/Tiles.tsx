/* Numbers in a row, each with the word that it counts. */
import type { ComponentChildren } from "preact";
import { number } from "../base/words";

export function Tiles(props: { children: ComponentChildren }) {
    return <dl class="tiles">{props.children}</dl>;
}

export function Tile(props: { n: number; says: string; isNoted?: boolean; href?: string }) {
    const shown = number(props.n);
    return (
        <div class={props.isNoted === true ? "tile tile-noted" : "tile"}>
            <dd>{props.href === undefined ? shown : <a href={props.href}>{shown}</a>}</dd>
            <dt>{props.says}</dt>
        </div>
    );
}
