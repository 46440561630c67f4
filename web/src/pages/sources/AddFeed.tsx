import { useState } from "preact/hooks";
import { refreshAll, send } from "../../base/api";
import { useChange } from "../../base/change";
import { wordsOf } from "../../base/words";
import { TextField } from "../../parts/Fields";
import { FaultNote, tellPeople } from "../../parts/Status";
import { sourcesWords } from "../../words/sources";
import { isFeedAddress } from "./feeds";

const t = wordsOf(sourcesWords);

export function AddFeed() {
    const [url, setUrl] = useState("");
    const [name, setName] = useState("");
    const [hasPages, setPages] = useState(false);
    const [isTold, tell] = useState(false);
    const change = useChange();
    const submit = (event: Event) => {
        event.preventDefault();
        tell(!isFeedAddress(url.trim()));
        if (!isFeedAddress(url.trim())) return;
        change.run(
            () => send<{ is_new: boolean }>("POST", "/feeds", { url: url.trim(), name: name.trim(), pages: hasPages }),
            (answer) => {
                tellPeople(`${answer.is_new ? t("added") : t("added.known")} ${t("add.polled")}`);
                setUrl("");
                setName("");
                setPages(false);
                refreshAll();
            },
        );
    };
    return (
        <details class="fold">
            <summary>{t("add")}</summary>
            <form class="form" onSubmit={submit} noValidate>
                <TextField
                    label={t("add.url")}
                    type="url"
                    isLatin
                    isNeeded
                    value={url}
                    onChange={setUrl}
                    hint={t("add.url.hint")}
                    fault={isTold && !isFeedAddress(url.trim()) ? t("add.url.bad") : null}
                />
                <TextField label={t("add.name")} value={name} onChange={setName} hint={t("add.name.hint")} />
                <label class="tick">
                    <input type="checkbox" checked={hasPages} onChange={(event) => setPages(event.currentTarget.checked)} />
                    <span>{t("add.pages")}</span>
                </label>
                {change.fault !== null && <FaultNote fault={change.fault} />}
                <div class="form-foot">
                    <button type="submit" class="primary" disabled={change.isBusy}>
                        {t("add.does")}
                    </button>
                </div>
            </form>
        </details>
    );
}
