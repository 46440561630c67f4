import { useState } from "preact/hooks";
import { refreshAll, send, useAsked } from "../../base/api";
import { useChange } from "../../base/change";
import { obstacleTo } from "../../base/rights";
import { useSession } from "../../base/session";
import type { ExportFormats, Settings } from "../../base/types";
import { wordsOf } from "../../base/words";
import { SelectField, TextField } from "../../parts/Fields";
import { Needs } from "../../parts/Needs";
import { FaultNote, Skeleton, tellPeople } from "../../parts/Status";
import { settingsWords } from "../../words/settings";
import { changesOf, clockIn, isZone } from "./values";

const t = wordsOf(settingsWords);
const LANGUAGES = ["ar", "en", "both"] as const;
const OWN_PROFILES = ["public", "internal"];

export function Office() {
    const mayKeep = obstacleTo(useSession(), "keep") === null;
    const asked = useAsked<Settings>("/settings");
    if (asked.value === null) return asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton />;
    return mayKeep ? <Form key={JSON.stringify(asked.value)} settings={asked.value} /> : <Shown settings={asked.value} />;
}

function Shown(props: { settings: Settings }) {
    const { organisation, zone, profile, languages } = props.settings;
    const rows: [string, string][] = [
        [t("organisation"), organisation === "" ? t("unset") : organisation],
        [t("zone"), zone],
        [t("profile"), t.named("profile", profile)],
        [t("languages"), t.named("languages", languages)],
    ];
    return (
        <>
            <Needs right="keep" />
            <section class="sheet">
                <dl class="sheet-body pairs">
                    {rows.map(([name, value]) => (
                        <div key={name}>
                            <dt>{name}</dt>
                            <dd>
                                <bdi>{value}</bdi>
                            </dd>
                        </div>
                    ))}
                </dl>
            </section>
        </>
    );
}

/* Profiles are files beside the rules: an office may have more than Marsad brings. */
function useProfiles(current: string): string[] {
    const formats = useAsked<ExportFormats>("/exports/formats");
    return [...new Set([...(formats.value?.profiles ?? OWN_PROFILES), current])];
}

function Form(props: { settings: Settings }) {
    const [values, setValues] = useState(props.settings);
    const profiles = useProfiles(props.settings.profile);
    const change = useChange();
    const set = (value: Partial<Settings>) => setValues((before) => ({ ...before, ...value }));
    const isGood = isZone(values.zone);
    const save = (event: Event) => {
        event.preventDefault();
        const changes = changesOf(props.settings, { ...values, organisation: values.organisation.trim() });
        if (!isGood) return;
        if (changes === null) return tellPeople(t("save.nothing"));
        change.run(
            () => send("PATCH", "/settings", changes),
            () => {
                tellPeople(t("saved"));
                refreshAll();
            },
        );
    };
    return (
        <form class="sheet" onSubmit={save} noValidate>
            <div class="sheet-body form">
                <TextField label={t("organisation")} value={values.organisation} onChange={(organisation) => set({ organisation })} hint={t("organisation.hint")} />
                <TextField
                    label={t("zone")}
                    isLatin
                    value={values.zone}
                    onChange={(zone) => set({ zone: zone.trim() })}
                    hint={isGood ? t("zone.hint", { time: clockIn(values.zone, new Date()) }) : ""}
                    fault={isGood ? null : t("zone.bad")}
                />
                <SelectField
                    label={t("profile")}
                    value={values.profile}
                    choices={profiles.map((name) => ({ value: name, title: t.named("profile", name) }))}
                    onChange={(profile) => set({ profile })}
                    hint={t("profile.hint")}
                />
                <SelectField
                    label={t("languages")}
                    value={values.languages}
                    choices={LANGUAGES.map((name) => ({ value: name, title: t(`languages.${name}`) }))}
                    onChange={(languages) => set({ languages })}
                />
                {change.fault !== null && <FaultNote fault={change.fault} />}
                <div class="form-foot">
                    <button type="submit" class="primary" disabled={change.isBusy || !isGood}>
                        {t("save")}
                    </button>
                </div>
            </div>
        </form>
    );
}
