/* The report's own words. They come from outside: they are text nodes, never markup. */
import { useMemo } from "preact/hooks";
import type { RecordRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { articleWords } from "../../words/article";
import type { Words } from "./marks";
import { marksOf } from "./marks";
import type { MarkedPiece, Piece } from "./spans";
import { byteIndex, markText } from "./spans";

const t = wordsOf(articleWords);
const OVER_MOST = 4; // underlines that are drawn below each other

/* Says which field of the chosen record is lit, with its words; null: none. The pointer goes before the focus. */
export type Light = (field: string | null, by: "pointer" | "focus") => void;

interface TextProps {
    text: string;
    records: readonly RecordRow[];
    chosen: string | null;
    hidden: readonly string[];
    isOthers: boolean;
    lit: string | null;
    onLight: Light;
    onField: (field: string) => void; // to the field of these words
    onRecord: (record: string) => void;
}

export const wordsId = (field: string): string => `words-${field}`;

export function ReportText(props: TextProps) {
    const at = useMemo(() => byteIndex(props.text), [props.text]);
    const pieces = useMemo(
        () => markText(props.text, marksOf(props.records, { chosen: props.chosen, hidden: props.hidden, isOthers: props.isOthers }, at)),
        [props.text, props.records, props.chosen, props.hidden.join(), props.isOthers],
    );
    return (
        <div class="report" dir="rtl" lang="ar">
            <Pieces pieces={pieces} props={props} />
        </div>
    );
}

function Pieces({ pieces, props }: { pieces: readonly Piece<Words>[]; props: TextProps }) {
    return <>{pieces.map((piece, at) => (typeof piece === "string" ? piece : <MarkedWords key={at} piece={piece} props={props} />))}</>;
}

function MarkedWords({ piece, props }: { piece: MarkedPiece<Words>; props: TextProps }) {
    const { role, owners } = piece.mark.of;
    const own = owners.find((owner) => owner.record === props.chosen);
    const inner = <Pieces pieces={piece.pieces} props={props} />;
    if (role === "sentence") return <span class="word-sentence">{inner}</span>;
    const over = `over-${Math.min(piece.height, OVER_MOST)}`;
    if (own === undefined) {
        const first = owners[0];
        return (
            <mark class={`word word-other word-${role} ${over}`} onClick={(event) => pressOther(event, () => first !== undefined && props.onRecord(first.record))}>
                {inner}
            </mark>
        );
    }
    return (
        <mark
            id={piece.isFirst ? wordsId(own.field) : undefined}
            class={`word word-${role} ${over}${props.lit === own.field ? " is-lit" : ""}`}
            tabIndex={piece.isFirst ? 0 : undefined}
            onMouseOver={(event) => {
                event.stopPropagation(); // the innermost words are meant
                props.onLight(own.field, "pointer");
            }}
            onMouseOut={() => props.onLight(null, "pointer")}
            onFocus={(event) => event.target === event.currentTarget && props.onLight(own.field, "focus")}
            onBlur={() => props.onLight(null, "focus")}
            onClick={(event) => pressOther(event, () => props.onField(own.field))}
            onKeyDown={(event) => {
                if (event.key !== "Enter" || event.target !== event.currentTarget) return;
                event.preventDefault();
                props.onField(own.field);
            }}
        >
            {piece.isFirst && <small class="word-role">{t(`role.${role}`)}</small>}
            {inner}
        </mark>
    );
}

/* Whoever marks text with the pointer wants to copy it. */
function pressOther(event: MouseEvent, run: () => void): void {
    event.stopPropagation();
    if (getSelection()?.isCollapsed !== false) run();
}
