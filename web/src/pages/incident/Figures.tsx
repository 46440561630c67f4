/* Low, best and high of each number, with the sentences behind each, and who is named and who denies. */
import { partyName } from "../../base/names";
import { joinNames } from "../../base/speakers";
import type { RecordRow, Statement, Why } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { decideWords } from "../../words/decide";
import { incidentWords } from "../../words/incident";
import { partsWords } from "../../words/parts";
import { recordsIn, ruleName } from "./chains";
import { ByLine, ToText } from "./Voice";

const t = wordsOf(incidentWords);
const parts = wordsOf(partsWords);
const nouns = wordsOf(decideWords);

export interface Grounds {
    why: readonly Why[];
    statements: readonly Statement[];
    records: readonly RecordRow[];
}

export function RuleText({ rule }: { rule: string }) {
    const name = ruleName(rule);
    const says = t.named("rule", name);
    return (
        <>
            {says !== name && `${says} `}
            <code class="quiet">{rule}</code>
        </>
    );
}

export function FiguresSheet(props: Grounds) {
    const rows = props.why.filter((row) => row.what === "figure" && row.figure.length > 0);
    return (
        <section class="sheet" aria-labelledby="figures-head">
            <h2 id="figures-head">{t("figures")}</h2>
            {rows.length === 0 ? (
                <p class="sheet-body quiet">{t("figures.none")}</p>
            ) : (
                <ul class="counts">
                    {rows.map((row, at) => (
                        <FigureRow key={at} row={row} {...props} />
                    ))}
                </ul>
            )}
        </section>
    );
}

function FigureRow(props: Grounds & { row: Why }) {
    const { row } = props;
    const figure = row.figure[0];
    if (figure === undefined) return null;
    const ends = [
        { name: parts("figure.low"), n: figure.low, from: row.low_from },
        { name: parts("figure.best"), n: figure.best, from: row.best_from },
        { name: parts("figure.high"), n: figure.high, from: row.high_from },
    ];
    return (
        <li class="count-row">
            <h3>
                {nouns.named("noun", figure.of)} <span class="quiet">· {figure.group === "" ? t("figures.all") : parts.named("group", figure.group)}</span>
            </h3>
            <dl class="count-ends">
                {ends.map((end) => (
                    <div key={end.name}>
                        <dt>{end.name}</dt>
                        <dd>
                            <strong>{end.n === null ? t("figures.open") : number(end.n)}</strong>
                            <From id={end.from} {...props} />
                        </dd>
                    </div>
                ))}
            </dl>
            {row.disputed !== null && <p class="mark flag-disputed">{t("figures.disputed")}</p>}
            {row.rule !== null && (
                <p class="quiet">
                    <RuleText rule={row.rule} />
                </p>
            )}
            <Behind {...props} of={figure.of} />
        </li>
    );
}

/* Who gives one end. */
function From(props: Grounds & { id: string | null }) {
    const statement = props.statements.find((s) => s.id === props.id);
    if (statement === undefined) return null;
    return (
        <span class="quiet">
            <ByLine statement={statement} record={props.records.find((r) => r.id === props.id)} />
        </span>
    );
}

/* All who give a number, those as well that corrected themselves later. */
function Behind(props: Grounds & { row: Why; of: string }) {
    const ids = recordsIn(props.row.from);
    return (
        <details>
            <summary>
                {t("figures.from")} <span class="count">{ids.length}</span>
            </summary>
            <ul class="behind">
                {ids.map((id) => {
                    const statement = props.statements.find((s) => s.id === id);
                    const record = props.records.find((r) => r.id === id);
                    const said = record?.record.figures.filter((f) => f.of === props.of).map((f) => `«${f.words ?? f.value ?? ""}»`) ?? [];
                    if (statement === undefined) return null;
                    return (
                        <li key={id}>
                            {said.length > 0 && <bdi class="behind-number">{joinNames(said)}</bdi>} <ByLine statement={statement} record={record} />
                            <blockquote class="voice-words" lang="ar" dir="rtl">
                                {statement.sentence}
                            </blockquote>
                            <ToText statement={statement} />
                        </li>
                    );
                })}
            </ul>
        </details>
    );
}

export function DoersSheet(props: Grounds) {
    const rows = props.why.filter((row) => row.what === "doer");
    return (
        <section class="sheet" aria-labelledby="doers-head">
            <h2 id="doers-head">{t("doers")}</h2>
            {rows.length === 0 ? (
                <p class="sheet-body quiet">{t("doers.none")}</p>
            ) : (
                <ul class="counts">
                    {rows.map((row) => (
                        <li key={row.says} class="count-row">
                            <h3>
                                <bdi>{partyName(row.says ?? "")}</bdi>
                            </h3>
                            <div class="sides">
                                <Side title={t("doers.named")} lines={row.from.filter((line) => line.startsWith("named "))} {...props} />
                                <Side title={t("doers.denied")} lines={row.from.filter((line) => line.startsWith("denied "))} {...props} />
                            </div>
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}

function Side(props: Grounds & { title: string; lines: readonly string[] }) {
    const found = recordsIn(props.lines).flatMap((id) => props.statements.find((s) => s.id === id) ?? []);
    return (
        <div>
            <p class="field-label">{props.title}</p>
            {found.length === 0 ? (
                <p class="quiet">{t("doers.nobody")}</p>
            ) : (
                <ul class="behind">
                    {found.map((statement) => (
                        <li key={statement.id}>
                            <ByLine statement={statement} record={props.records.find((r) => r.id === statement.id)} /> <ToText statement={statement} />
                        </li>
                    ))}
                </ul>
            )}
        </div>
    );
}
