/* Statements side by side: a column for each independent chain, copies folded under what they repeat. */
import { partyName } from "../../base/names";
import { joinNames } from "../../base/speakers";
import type { RecordRow, Statement } from "../../base/types";
import { wordsOf } from "../../base/words";
import { incidentWords } from "../../words/incident";
import type { Chain } from "./chains";
import { chainsOf } from "./chains";
import { ByLine, ToText, Voice } from "./Voice";

const t = wordsOf(incidentWords);

export function Chains(props: { statements: readonly Statement[]; records: readonly RecordRow[] }) {
    const chains = chainsOf(props.statements);
    return (
        <section aria-labelledby="statements-head">
            <h2 id="statements-head" class="section-head">
                {t("statements")}{" "}
                <span class="quiet">
                    {t("count.chains", { n: chains.length })} · {t("count.statements", { n: props.statements.length })}
                </span>
            </h2>
            <div class="chains">
                {chains.map((chain, at) => (
                    <Column key={at} chain={chain} n={at + 1} records={props.records} />
                ))}
            </div>
        </section>
    );
}

function Column(props: { chain: Chain; n: number; records: readonly RecordRow[] }) {
    const recordOf = (s: Statement) => props.records.find((r) => r.id === s.id);
    return (
        <section class="sheet chain" aria-labelledby={`chain-${props.n}`}>
            <h3 id={`chain-${props.n}`} class="sheet-head">
                <span>
                    <span class="quiet">{t("chain", { n: props.n })}</span> <bdi>{joinNames(props.chain.speakers.map(partyName))}</bdi>
                </span>
            </h3>
            {props.chain.told.map(({ statement, copies }) => (
                <div key={statement.id} class="chain-told">
                    <Voice statement={statement} record={recordOf(statement)} />
                    {copies.length > 0 && (
                        <details>
                            <summary>{t("chain.copies", { n: copies.length })}</summary>
                            <ul class="behind">
                                {copies.map((copy) => (
                                    <li key={copy.id}>
                                        <ByLine statement={copy} record={recordOf(copy)} /> <ToText statement={copy} />
                                    </li>
                                ))}
                            </ul>
                        </details>
                    )}
                </div>
            ))}
        </section>
    );
}
