/*
 * The filters that most tables share, kept in the address:
 *   const [filters, change] = useQuery(FILTERS);   // pages add fields of their own: {...FILTERS, by: oneOf([...], "kind")}
 *   const rows = useRows<Incident>("/incidents", questionOf(filters));
 *   <FilterBar filters={filters} onChange={change} has={["from", "to", "kind", "words"]} />
 */
import type { ComponentChildren } from "preact";
import { families, kindsOf } from "../base/kinds";
import { allKinds, allParties, partyName } from "../base/names";
import type { Query, Values } from "../base/router";
import { day, list, text } from "../base/router";
import { wordsOf } from "../base/words";
import { partsWords } from "../words/parts";
import { DayField, ManyField, SelectField, TextField } from "./Fields";
import { KindMark } from "./Marks";

const t = wordsOf(partsWords);

export const FILTERS = { from: day(), to: day(), kind: list(), party: text(), area: text(), grade: text(), words: text(), box: text() };
export type Filters = Values<typeof FILTERS>;
export type FilterName = keyof Filters;

// The server orders the grades: one of them means it and better.
const GRADES = ["confirmed", "fair", "weak"] as const;
const TYPING_MS = 350;

/* What the server is asked; parameters have the same names. */
export const questionOf = (filters: Filters): Query => ({ ...filters });

export const isFiltered = (filters: Filters): boolean => Object.values(filters).some((value) => value.length > 0);

export const noFilters = (): Filters => ({ from: "", to: "", kind: [], party: "", area: "", grade: "", words: "", box: "" });

export function FilterBar(props: {
    filters: Filters;
    onChange: (filters: Partial<Filters>, how?: { replace?: boolean }) => void;
    has: readonly FilterName[];
    areas?: readonly string[]; // governorates to choose from; without them the area is typed
    children?: ComponentChildren; // further fields of the page
    own?: { isSet: boolean; clear: () => void }; // whether those hold something; clears them with the shared ones
}) {
    const { filters, onChange, has } = props;
    const isAny = isFiltered(filters) || props.own?.isSet === true;
    const clear = props.own?.clear ?? (() => onChange(noFilters()));
    return (
        <form class="filters" role="search" aria-label={t("filters")} onSubmit={(event) => event.preventDefault()}>
            {has.includes("words") && (
                <TextField
                    label={t("field.words")}
                    type="search"
                    value={filters.words}
                    placeholder={t("field.words.hint")}
                    delay={TYPING_MS}
                    onChange={(words) => onChange({ words }, { replace: true })}
                />
            )}
            {has.includes("from") && <DayField label={t("field.from")} value={filters.from} onChange={(from) => onChange({ from })} />}
            {has.includes("to") && <DayField label={t("field.to")} value={filters.to} onChange={(to) => onChange({ to })} />}
            {has.includes("kind") && <KindsField values={filters.kind} onChange={(kind) => onChange({ kind })} />}
            {has.includes("party") && <PartyField value={filters.party} onChange={(party) => onChange({ party })} />}
            {has.includes("area") && <AreaField value={filters.area} areas={props.areas} onChange={(area) => onChange({ area })} />}
            {has.includes("grade") && (
                <SelectField
                    label={t("field.grade")}
                    value={filters.grade}
                    choices={[
                        { value: "", title: t("field.any") },
                        ...GRADES.map((grade) => ({ value: grade, title: t("field.at-least", { grade: t(`grade.${grade}`) }) })),
                    ]}
                    onChange={(grade) => onChange({ grade })}
                />
            )}
            {props.children}
            {has.includes("box") && filters.box !== "" && (
                <button type="button" class="chip" onClick={() => onChange({ box: "" })}>
                    {t("field.box")} <span aria-hidden="true">✕</span>
                </button>
            )}
            {isAny && (
                <button type="button" class="plain filters-clear" onClick={clear}>
                    {t("clear-filters")}
                </button>
            )}
        </form>
    );
}

export function KindsField(props: { values: readonly string[]; onChange: (kinds: string[]) => void }) {
    const known = new Set(allKinds());
    const groups = families
        .map((family) => kindsOf(family).filter((kind) => known.size === 0 || known.has(kind)))
        .map((kinds) => ({ choices: kinds.map((kind) => ({ value: kind, title: <KindMark kind={kind} /> })) }));
    return <ManyField label={t("field.kinds")} values={props.values} groups={groups} onChange={props.onChange} />;
}

export function PartyField(props: { value: string; onChange: (party: string) => void }) {
    const choices = allParties()
        .map((row) => ({ value: row.who, title: partyName(row.who) }))
        .sort((a, b) => a.title.localeCompare(b.title));
    const isOther = props.value !== "" && !choices.some((choice) => choice.value === props.value);
    return (
        <SelectField
            label={t("field.party")}
            value={props.value}
            choices={[{ value: "", title: t("field.any") }, ...(isOther ? [{ value: props.value, title: partyName(props.value) }] : []), ...choices]}
            onChange={props.onChange}
        />
    );
}

function AreaField(props: { value: string; areas: readonly string[] | undefined; onChange: (area: string) => void }) {
    if (props.areas === undefined) return <TextField label={t("field.area")} value={props.value} placeholder={t("field.area.hint")} delay={TYPING_MS} onChange={props.onChange} />;
    const choices = [{ value: "", title: t("field.any") }, ...[...new Set([props.value, ...props.areas])].filter((a) => a !== "").map((a) => ({ value: a, title: a }))];
    return <SelectField label={t("field.area")} value={props.value} choices={choices} onChange={props.onChange} />;
}
