/* The fields of a record, each with the words that it rests on and the rule that made it. */
import type { ComponentChildren } from "preact";
import { tellRange } from "../../base/dates";
import { kindName, partyName } from "../../base/names";
import type { RecordBody, RecordFigure, RecordParty, RecordPlace } from "../../base/types";
import { language, number, wordsOf } from "../../base/words";
import { figureText } from "../../parts/Figure";
import { ModalityMark } from "../../parts/Marks";
import { articleWords } from "../../words/article";
import type { FieldOf } from "./fields";
import { fieldsOf, rulesOf } from "./fields";
import type { Light } from "./ReportText";

const t = wordsOf(articleWords);
const KEYS_MOST = 9;

export const fieldId = (field: string): string => `field-${field}`;

interface FieldsProps {
    body: RecordBody;
    outlet: string;
    wordsOfSpan: (field: FieldOf) => string | null; // null: the report has none
    lit: string | null;
    onLight: Light;
    onWords: (field: string) => void; // to its words in the text
}

export function Fields(props: FieldsProps) {
    const fields = fieldsOf(props.body);
    const missing = (["actor", "place", "when", "source"] as const).filter((role) => !fields.some((field) => field.role === role));
    return (
        <ol class="fields" aria-label={t("records")}>
            {fields.map((field, at) => (
                <FieldRow key={field.id} field={field} key_={at < KEYS_MOST ? at + 1 : null} {...props} />
            ))}
            {missing.map((role) => (
                <li key={role} class="fields-row fields-none">
                    <span class="fields-role">{t(`role.${role}`)}</span>
                    <span class="quiet">{role === "source" ? t.rich("none.source", { outlet: <bdi>{props.outlet}</bdi> }) : t(`none.${role}`)}</span>
                </li>
            ))}
        </ol>
    );
}

function FieldRow(props: FieldsProps & { field: FieldOf; key_: number | null }) {
    const { field, body, lit, onLight } = props;
    const words = props.wordsOfSpan(field);
    const rules = rulesOf(field.role, body.rules);
    return (
        <li
            class={lit === field.id ? "fields-row is-lit" : "fields-row"}
            onMouseOver={() => onLight(field.id, "pointer")}
            onMouseOut={() => onLight(null, "pointer")}
        >
            <span class={`fields-role word-${field.role}`}>{t(`role.${field.role}`)}</span>
            <div class="fields-body">
                <div class="fields-value">
                    <Value field={field} body={body} />
                </div>
                <button
                    type="button"
                    id={fieldId(field.id)}
                    class="fields-words"
                    disabled={words === null}
                    title={words === null ? undefined : t("record.text")}
                    aria-keyshortcuts={props.key_ === null ? undefined : String(props.key_)}
                    onFocus={() => onLight(field.id, "focus")}
                    onBlur={() => onLight(null, "focus")}
                    onClick={() => props.onWords(field.id)}
                >
                    {words === null ? t("words.none") : <q lang="ar">{words}</q>}
                    {props.key_ !== null && <kbd aria-hidden="true">{props.key_}</kbd>}
                </button>
                <p class="fields-rule quiet">
                    <span>{t("rule")}:</span> {rules.length === 0 ? t("rule.none") : rules.map((rule) => <code key={rule}>{rule}</code>)}
                </p>
            </div>
        </li>
    );
}

function Value({ field, body }: { field: FieldOf; body: RecordBody }) {
    if (field.party !== undefined) return <Party party={field.party} />;
    if (field.place !== undefined) return <Place place={field.place} />;
    if (field.figure !== undefined) return <Count figure={field.figure} />;
    if (field.role === "when" && body.when !== null)
        return (
            <>
                <strong>{tellRange(body.when.start, body.when.end, "full")}</strong> <span class="quiet">{t.named("precision", body.when.precision)}</span>
            </>
        );
    return <Event body={body} />;
}

function Details(props: { items: readonly (ComponentChildren | null)[] }) {
    const items = props.items.filter((item) => item !== null && item !== "");
    return items.length === 0 ? null : (
        <span class="fields-details quiet">
            {items.map((item, at) => (
                <span key={at}>{item}</span>
            ))}
        </span>
    );
}

function Event({ body }: { body: RecordBody }) {
    const codes = [body.plover, body.mode, body.cameo].filter((code) => code !== null);
    return (
        <>
            <strong>{kindName(body.kind)}</strong> <ModalityMark modality={body.modality} />
            <Details
                items={[
                    body.phase === null ? null : t.named("phase", body.phase),
                    body.quoted ? t("quoted") : null,
                    codes.length === 0 ? null : <code title={t("code")}>{codes.join(" · ")}</code>,
                ]}
            />
        </>
    );
}

function Party({ party }: { party: RecordParty }) {
    return (
        <>
            <strong title={party.who}>
                <bdi>{partyName(party.who)}</bdi>
            </strong>
            {party.object !== null && <span> ({t.named("object", party.object)})</span>}
            <Details items={[party.code === null ? null : <code title={t("code")}>{party.code}</code>]} />
        </>
    );
}

/* "قرب خان طومان": the place as the record has it, in the reader's language. */
export function placeText(place: RecordPlace): string {
    const name = language() === "en" && place.name_en ? place.name_en : place.norm;
    return t.named("relation", place.relation).replace("{place}", name);
}

function Place({ place }: { place: RecordPlace }) {
    const point = place.lat === null || place.lon === null ? null : `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}`;
    return (
        <>
            <strong>
                <bdi>{placeText(place)}</bdi>
            </strong>{" "}
            {place.admin1 && <bdi>({place.admin1})</bdi>}
            <Details
                items={[
                    place.precision === null ? null : t.named("precision", place.precision),
                    place.id === null ? t("gazetteer.none") : <code title={t("gazetteer")}>{place.id}</code>,
                    point === null ? null : (
                        <code title={t("coordinates")}>{point}</code>
                    ),
                    place.id === null ? null : t("others", { n: place.others }),
                ]}
            />
        </>
    );
}

const told = (n: number | null): string => (n === null ? "–" : number(n));

function Count({ figure }: { figure: RecordFigure }) {
    return (
        <>
            <strong>
                <bdi>{figureText(figure)}</bdi>
            </strong>
            <Details
                items={[
                    t.named("bound", figure.bound),
                    <bdi>{t("bounds", { low: told(figure.low), best: told(figure.value), high: told(figure.high) })}</bdi>,
                ]}
            />
        </>
    );
}
