/* Making a release: what it is called, what holds for it, and once more what it means before it is sealed. */
import { useState } from "preact/hooks";
import { go, href } from "../../base/router";
import { refreshAll, send, useAsked } from "../../base/api";
import { tellRange } from "../../base/dates";
import type { ExportFormats } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Dialog, DialogFoot } from "../../parts/Dialog";
import { DayField, SelectField, TextField } from "../../parts/Fields";
import { tellFault, tellPeople } from "../../parts/Status";
import { releaseWords } from "../../words/releases";

const t = wordsOf(releaseWords);

interface Plan {
    profile: string;
    title: string;
    licence: string;
    from: string;
    to: string;
}

export function MakeRelease(props: { onClose: () => void }) {
    const [plan, change] = useState<Plan>({ profile: "public", title: "", licence: "CC BY 4.0", from: "", to: "" });
    const [isSure, beSure] = useState(false);
    const [isBusy, setBusy] = useState(false);
    const [isTold, tell] = useState(false);
    const formats = useAsked<ExportFormats>("/exports/formats");
    const set = (part: Partial<Plan>) => change((old) => ({ ...old, ...part }));
    const isMissing = plan.title.trim() === "";
    const isTurned = plan.from !== "" && plan.to !== "" && plan.from > plan.to;
    const next = (event: Event) => {
        event.preventDefault();
        tell(true);
        beSure(!isMissing && !isTurned);
    };
    const make = async () => {
        setBusy(true);
        const days = { ...(plan.from === "" ? {} : { from: plan.from }), ...(plan.to === "" ? {} : { to: plan.to }) };
        const outcome = await send<{ number: number }>("POST", "/releases", { profile: plan.profile, title: plan.title.trim(), licence: plan.licence.trim(), ...days });
        setBusy(false);
        if (!outcome.ok) return tellFault(outcome.fault);
        tellPeople(t("made", { number: String(outcome.value.number) }));
        props.onClose();
        refreshAll();
        go(href("/releases", { release: outcome.value.number }));
    };
    const period = plan.from === "" && plan.to === "" ? t("period.all") : tellRange(plan.from === "" ? null : plan.from, plan.to === "" ? null : plan.to, "full");
    return (
        <Dialog title={t("make")} onClose={props.onClose}>
            {isSure ? (
                <>
                    <p>{t("make.says", { title: plan.title.trim(), licence: plan.licence.trim() === "" ? t("licence.none") : plan.licence.trim(), profile: t.named("profile", plan.profile), period })}</p>
                    {plan.profile !== "public" && <p class="note note-fault">{t("make.not-public")}</p>}
                    <p class="hint">{t("make.kept")}</p>
                    <DialogFoot does={t(isBusy ? "making" : "make.do")} onDone={() => void make()} onCancel={() => beSure(false)} cancels={t("back")} isBusy={isBusy} />
                </>
            ) : (
                <form onSubmit={next} noValidate>
                    <TextField label={t("title.field")} hint={t("title.hint")} value={plan.title} isNeeded fault={isTold && isMissing ? t("title.needed") : null} onChange={(title) => set({ title })} />
                    <TextField label={t("licence")} hint={t("licence.hint")} value={plan.licence} isLatin onChange={(licence) => set({ licence })} />
                    <SelectField
                        label={t("profile")}
                        value={plan.profile}
                        choices={(formats.value?.profiles ?? ["public"]).map((p) => ({ value: p, title: t.named("profile", p) }))}
                        onChange={(profile) => set({ profile })}
                    />
                    <DayField label={t("from")} value={plan.from} onChange={(from) => set({ from })} />
                    <DayField label={t("to")} value={plan.to} onChange={(to) => set({ to })} />
                    <p class={isTold && isTurned ? "hint hint-fault" : "hint"}>{t(isTurned ? "days.turned" : "days.hint")}</p>
                    <DialogFoot does={t("next")} onCancel={props.onClose} />
                </form>
            )}
        </Dialog>
    );
}
