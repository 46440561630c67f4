/* The bulletin of a day as the public would see it, and keeping it under a number for a second person to sign. */
import { useState } from "preact/hooks";
import { send, useAsked } from "../../base/api";
import { tellDay } from "../../base/dates";
import { day as dayField, go, oneOf, text, useQuery, whole } from "../../base/router";
import { mayEdit, mayKeep, useSession } from "../../base/session";
import type { BulletinRow, ExportFormats, Table } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Dialog, DialogFoot } from "../../parts/Dialog";
import { DayField, SelectField } from "../../parts/Fields";
import { FaultNote, tellFault, tellPeople } from "../../parts/Status";
import { bulletinWords } from "../../words/bulletins";
import { truceWords } from "../../words/truce";
import { Changes } from "../bulletins/Changes";
import { DocumentFrame } from "../bulletins/Frame";
import { BulletinList } from "../bulletins/List";
import "../bulletins/style.css";

const t = wordsOf(truceWords);
const b = wordsOf(bulletinWords);
const LANGUAGES = ["both", "ar", "en"] as const;
const FIELDS = { on: dayField(), languages: oneOf(LANGUAGES, "both"), profile: text("public"), corrects: whole(0) };

interface Plan {
    day: string;
    languages: string;
    agreement: string;
    rule: string;
    profile: string;
}

export function Prepare(props: { agreement: string; rule: string; day: string }) {
    const [query, change] = useQuery(FIELDS);
    const formats = useAsked<ExportFormats>("/exports/formats");
    const corrected = useCorrected(query.corrects);
    const day = corrected.row?.day ?? (query.on === "" ? props.day : query.on);
    const profile = corrected.row?.profile ?? query.profile;
    const plan: Plan = { day, languages: query.languages, agreement: props.agreement, rule: props.rule, profile };
    const mayUse = formats.value === null || formats.value.profiles.includes(profile); // the server lists those that one may use
    const profiles = [...new Set([...(formats.value?.profiles ?? ["public"]), profile])];
    return (
        <>
            <form class="filters" aria-label={t("prepare.choose")} onSubmit={(event) => event.preventDefault()}>
                {corrected.row === null ? (
                    <>
                        <DayField label={t("prepare.day")} value={day} onChange={(on) => on !== "" && change({ on })} />
                        <SelectField
                            label={b("profile")}
                            value={profile}
                            choices={profiles.map((p) => ({ value: p, title: b.named("profile", p) }))}
                            onChange={(p) => change({ profile: p })}
                        />
                    </>
                ) : (
                    <p class="truce-corrects">{t("prepare.corrects", { number: String(corrected.row.number), day: tellDay(day), profile: b.named("profile", profile) })}</p>
                )}
                <SelectField
                    label={b("languages")}
                    value={query.languages}
                    choices={LANGUAGES.map((l) => ({ value: l, title: b.named("language", l) }))}
                    onChange={(l) => change({ languages: FIELDS.languages.read(l) })}
                />
                {query.corrects !== 0 && (
                    <button type="button" class="plain" onClick={() => change({ corrects: 0 })}>
                        {t("prepare.no-correction")}
                    </button>
                )}
            </form>
            {query.corrects !== 0 && corrected.isAbsent && <p class="note note-fault">{b("not-there", { number: String(query.corrects) })}</p>}
            {corrected.fault !== null && <FaultNote fault={corrected.fault} />}
            {profile !== "public" && <p class="note note-fault">{t(mayUse ? "prepare.not-public" : "prepare.profile-refused", { profile: b.named("profile", profile) })}</p>}
            {mayUse && <Keep plan={plan} corrects={corrected.row?.number ?? null} />}
            {mayUse && corrected.row !== null && (
                <Changes
                    number={corrected.row.number}
                    before={{ path: `/bulletins/${corrected.row.number}`, query: { form: "text" } }}
                    after={{ path: "/bulletins/preview", query: { ...plan, form: "text" } }}
                />
            )}
            {mayUse && (
                <>
                    <h2 class="truce-preview">{profile === "public" ? t("preview.title") : t("preview.title.other", { profile: b.named("profile", profile) })}</h2>
                    <p class="hint">{t("preview.says")}</p>
                    <DocumentFrame title={t("preview.title")} path="/bulletins/preview" query={{ ...plan, form: "html" }} />
                </>
            )}
            <h2 class="truce-preview">{b("title")}</h2>
            <BulletinList />
        </>
    );
}

function useCorrected(number: number) {
    const asked = useAsked<Table<BulletinRow>>(number > 0 ? "/bulletins" : null, { after: number > 1 ? number - 1 : null, limit: 1 });
    const row = number > 0 ? (asked.value?.rows.find((one) => one.number === number) ?? null) : null;
    return { row, fault: asked.fault, isAbsent: asked.value !== null && row === null };
}

function Keep(props: { plan: Plan; corrects: number | null }) {
    const session = useSession();
    const [isAsking, ask] = useState(false);
    const [isBusy, setBusy] = useState(false);
    const keep = async () => {
        setBusy(true);
        const outcome = await send<{ number: number }>("POST", "/bulletins", props.corrects === null ? props.plan : { ...props.plan, corrects: props.corrects });
        setBusy(false);
        ask(false);
        if (!outcome.ok) return tellFault(outcome.fault);
        tellPeople(t("prepare.done", { number: String(outcome.value.number) }));
        go(`/bulletins/${outcome.value.number}`);
    };
    if (!mayEdit(session)) return <p class="hint">{t(session.mode === "read-only" ? "mark.read-only" : "prepare.not-allowed")}</p>;
    const title = props.corrects === null ? t("prepare") : t("prepare.correction", { number: String(props.corrects) });
    return (
        <div class="actions">
            <button type="button" class="primary" onClick={() => ask(true)}>
                {title}
            </button>
            {mayKeep(session) && <a href="/settings">{t("prepare.settings")}</a>}
            {isAsking && (
                <Dialog title={title} onClose={() => ask(false)}>
                    <p>{t("prepare.says", { day: tellDay(props.plan.day), who: session.person ?? "" })}</p>
                    <p class="hint">{t("prepare.second")}</p>
                    <DialogFoot does={t("prepare.do")} onDone={() => void keep()} onCancel={() => ask(false)} isBusy={isBusy} />
                </Dialog>
            )}
        </div>
    );
}
