/* An agreement in words: whom it binds, where and when it holds, what it forbids, where that is written. */
import { tellRange } from "../../base/dates";
import { partyName } from "../../base/names";
import type { AgreementRow, TruceRule } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { KindMark } from "../../parts/Marks";
import { truceWords } from "../../words/truce";
import { AreaPlaces } from "./AreaPlaces";

const t = wordsOf(truceWords);

/* Own words where the page has them; the server's, English, else. */
export const ruleText = (rule: TruceRule): string => {
    const known = t.named("rule", rule.name);
    return known === rule.name ? rule.summary : known;
};

export function Terms(props: { agreement: AgreementRow; rules: readonly TruceRule[] }) {
    const file = props.agreement.body;
    const isPlace = (area: string) => /^[A-Z]{2}-/.test(area);
    const places = file.areas.filter(isPlace);
    const governorates = file.areas.filter((area) => !isPlace(area));
    return (
        <div class="truce-terms">
            <section>
                <h2>{t("terms.title")}</h2>
                <dl class="truce-list">
                    {file.terms.map((term) => (
                        <div key={term.id}>
                            <dt>
                                <bdi>{term.id}</bdi>
                            </dt>
                            <dd>
                                <p>{language() === "ar" ? term.ar : term.en}</p>
                                {term.kinds.length === 0 ? (
                                    <p class="hint">{t("terms.no-kinds")}</p>
                                ) : (
                                    <p class="truce-kinds">
                                        {term.kinds.map((kind) => (
                                            <KindMark key={kind} kind={kind} />
                                        ))}
                                    </p>
                                )}
                            </dd>
                        </div>
                    ))}
                </dl>
            </section>
            <section>
                <h2>{t("parties.title")}</h2>
                <dl class="truce-list">
                    <Parties title={t("parties.bound")} who={file.parties} />
                    <Parties title={t("parties.excluded")} who={file.excluded} />
                    <Parties title={t("parties.disputed")} who={file.disputed} />
                    <Parties title={t("parties.sponsors")} who={file.sponsors} />
                </dl>
                <p class="hint">{t("parties.says")}</p>
            </section>
            <section>
                <h2>{t("windows.title")}</h2>
                <ol class="truce-windows">
                    {file.windows.map((w) => (
                        <li key={w.from + w.what}>
                            <strong>{w.to === null ? t("windows.open", { from: tellRange(w.from, null, "full") }) : tellRange(w.from, w.to, "full")}</strong>
                            <p dir="ltr" lang="en">
                                {w.what}
                            </p>
                            <p class="hint" dir="ltr" lang="en">
                                {w.source}
                            </p>
                        </li>
                    ))}
                </ol>
            </section>
            <section>
                <h2>{t("area.title")}</h2>
                {file.areas.length === 0 && <p>{t("area.all")}</p>}
                {governorates.length > 0 && (
                    <p>
                        {t("area.governorates")} <bdi>{governorates.join("، ")}</bdi>
                    </p>
                )}
                {places.length > 0 && <AreaPlaces ids={places} />}
                <p>
                    {t("area.table")} <bdi>{file.governorates.join("، ")}</bdi>
                </p>
            </section>
            <section>
                <h2>{t("rules.title")}</h2>
                <p class="hint">{t("rules.says")}</p>
                <dl class="truce-list">
                    {props.rules.map((rule) => (
                        <div key={rule.name}>
                            <dt>
                                <bdi>{rule.name}</bdi>
                            </dt>
                            <dd>{ruleText(rule)}</dd>
                        </div>
                    ))}
                </dl>
            </section>
            <section>
                <h2>{t("sources.title")}</h2>
                <ul class="truce-sources">
                    {file.sources.map((source) => (
                        <li key={source} dir="ltr" lang="en">
                            {source}
                        </li>
                    ))}
                </ul>
                <p class="hint">{t("sources.version", { name: props.agreement.name, version: file.version })}</p>
            </section>
        </div>
    );
}

function Parties(props: { title: string; who: readonly string[] }) {
    return (
        <div>
            <dt>{props.title}</dt>
            <dd>
                {props.who.length === 0
                    ? t("parties.none")
                    : props.who.map((who, at) => (
                          <span key={who}>
                              {at > 0 && t("and-comma")}
                              <bdi>{partyName(who)}</bdi>
                          </span>
                      ))}
            </dd>
        </div>
    );
}
