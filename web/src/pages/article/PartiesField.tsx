/* Parties of a record: those chosen, and a search for more over names in both languages. */
import { useId, useState } from "preact/hooks";
import { holdsWords } from "../../base/fold";
import { allParties, partyName } from "../../base/names";
import { wordsOf } from "../../base/words";
import { articleWords } from "../../words/article";

const t = wordsOf(articleWords);
const OFFERED_MOST = 8;

export function PartiesField(props: { label: string; values: readonly string[]; onChange: (values: string[]) => void }) {
    const [question, ask] = useState("");
    const id = useId();
    const found =
        question.trim() === ""
            ? []
            : allParties()
                  .filter((p) => !props.values.includes(p.who) && holdsWords([p.who, p.name_ar, p.name_en], question.trim()))
                  .slice(0, OFFERED_MOST);
    const add = (who: string) => {
        props.onChange([...props.values, who]);
        ask("");
    };
    const press = (event: KeyboardEvent) => {
        if (event.key !== "Enter") return;
        event.preventDefault(); // the form is not sent by a search
        const first = found[0];
        if (first !== undefined) add(first.who);
    };
    return (
        <div class="field parties">
            <label for={id}>{props.label}</label>
            <div class="parties-chosen">
                {props.values.length === 0 && <span class="quiet">{t("edit.party.none")}</span>}
                {props.values.map((who, at) => (
                    <button
                        key={`${who} ${at}`}
                        type="button"
                        class="small chip"
                        aria-label={t("edit.party.remove", { who: partyName(who) })}
                        onClick={() => props.onChange(props.values.filter((_, n) => n !== at))}
                    >
                        <bdi>{partyName(who)}</bdi> <span aria-hidden="true">✕</span>
                    </button>
                ))}
            </div>
            <input id={id} type="search" dir="auto" autocomplete="off" placeholder={t("edit.party.search")} value={question} onInput={(e) => ask(e.currentTarget.value)} onKeyDown={press} />
            {found.length > 0 && (
                <ul class="parties-found">
                    {found.map((p) => (
                        <li key={p.who}>
                            <button type="button" class="small plain" onClick={() => add(p.who)}>
                                <bdi>{p.name_ar}</bdi> · <bdi>{p.name_en}</bdi>
                            </button>
                        </li>
                    ))}
                </ul>
            )}
        </div>
    );
}
