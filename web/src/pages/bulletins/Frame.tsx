/* A bulletin as it is or would be: in a frame of its own that can run nothing and reach nothing. */
import { API } from "../../base/api";
import type { Query } from "../../base/router";
import { href } from "../../base/router";
import { wordsOf } from "../../base/words";
import { bulletinWords } from "../../words/bulletins";

const t = wordsOf(bulletinWords);

export type Form = "html" | "print" | "text";

export const addressOf = (path: string, query: Query = {}): string => href(API + path, query);

export function DocumentFrame(props: { title: string; path: string; query: Query }) {
    const address = addressOf(props.path, props.query);
    return (
        <div class="document">
            <iframe key={address} class="document-frame" title={props.title} src={address} sandbox="allow-popups" referrerpolicy="no-referrer" loading="lazy" />
            <a href={address} target="_blank" rel="noopener">
                {t("open-alone")}
            </a>
        </div>
    );
}
