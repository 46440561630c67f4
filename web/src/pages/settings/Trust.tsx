/* Whether the archive is what it was, in words. */
import { useState } from "preact/hooks";
import { send } from "../../base/api";
import { useChange } from "../../base/change";
import { obstacleTo } from "../../base/rights";
import { useSession } from "../../base/session";
import type { Verdict } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { Needs } from "../../parts/Needs";
import { CopyField } from "../../parts/Secret";
import { FaultNote } from "../../parts/Status";
import { settingsWords } from "../../words/settings";

const t = wordsOf(settingsWords);
const COUNTS = ["evidence", "articles", "records", "decisions", "log_lines"] as const;

export function Trust() {
    const mayKeep = obstacleTo(useSession(), "keep") === null;
    const [verdict, tell] = useState<Verdict | null>(null);
    const change = useChange();
    return (
        <>
            <p class="lead">{t("trust.says")}</p>
            {mayKeep ? (
                <p class="form-foot">
                    <button type="button" class="primary" disabled={change.isBusy} onClick={() => change.run(() => send<Verdict>("POST", "/verify", {}), tell)}>
                        {t("verify")}
                    </button>
                    <span class="quiet" role="status">
                        {change.isBusy && t("verifying")}
                    </span>
                </p>
            ) : (
                <Needs right="keep" />
            )}
            {change.fault !== null && <FaultNote fault={change.fault} />}
            {verdict !== null && !change.isBusy && <Told verdict={verdict} />}
        </>
    );
}

function Told(props: { verdict: Verdict }) {
    const { faults, told, root } = props.verdict;
    return (
        <section class="sheet" aria-live="polite">
            <header class="sheet-head">
                <h2>{faults === 0 ? t("verdict.good") : t("verdict.bad", { n: faults })}</h2>
            </header>
            <div class="sheet-body form">
                {faults > 0 && <p>{t("verdict.bad.do")}</p>}
                <h3>{t("verdict.looked")}</h3>
                <dl class="counts">
                    {COUNTS.map((name) => (
                        <div key={name}>
                            <dt>{t(`count.${name}`)}</dt>
                            <dd>{number(props.verdict[name])}</dd>
                        </div>
                    ))}
                </dl>
                {told.length > 0 && (
                    <>
                        <h3>{t("verdict.told")}</h3>
                        <ul class="plain-list" lang="en" dir="ltr">
                            {told.map((line, at) => (
                                <li key={at}>{line}</li>
                            ))}
                        </ul>
                    </>
                )}
                {root !== "" && <CopyField label={t("root")} value={root} hint={t("root.hint")} />}
            </div>
        </section>
    );
}
