/* What the underlines mean; each role is a switch. */
import { wordsOf } from "../../base/words";
import { articleWords } from "../../words/article";
import { roles } from "./fields";

const t = wordsOf(articleWords);

export function Legend(props: { hidden: readonly string[]; isOthers: boolean; onHide: (hidden: string[]) => void; onOthers: (isOthers: boolean) => void }) {
    const turn = (role: string) => props.onHide(props.hidden.includes(role) ? props.hidden.filter((r) => r !== role) : [...props.hidden, role]);
    return (
        <div class="legend" role="group" aria-label={t("legend.switch")}>
            {roles.map((role) => (
                <button key={role} type="button" class="small legend-role" aria-pressed={!props.hidden.includes(role)} onClick={() => turn(role)}>
                    <span class={`word word-${role} over-1`}>{t(`role.${role}`)}</span>
                </button>
            ))}
            <button type="button" class="small legend-role" aria-pressed={props.isOthers} onClick={() => props.onOthers(!props.isOthers)}>
                <span class="word word-other over-1">{t("legend.others")}</span>
            </button>
        </div>
    );
}
