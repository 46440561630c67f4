/* The files of a release with their sizes and hashes, and what changed since the one before. */
import { API, useAsked, useText } from "../../base/api";
import { tellBytes } from "../../base/files";
import { href } from "../../base/router";
import type { FileEntry, ReleaseRow } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { FaultNote, Skeleton } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { Table } from "../../parts/Table";
import { releaseWords } from "../../words/releases";
import type { Change } from "./files";
import { countChanges, namedOnly, readChanges, readManifest, withHashes } from "./files";

const t = wordsOf(releaseWords);
const MANIFEST = "MANIFEST.sha256";
const MOST_CHANGES = 100;

type Hashed = FileEntry & { hash: string | null };

const columns = (folder: string): Column<Hashed>[] => [
    {
        name: "name",
        title: t("file"),
        isMain: true,
        cell: (file) => (
            <a href={href(`${API}${folder}/${encodeURIComponent(file.name)}`)} download={file.name}>
                <bdi>{file.name}</bdi>
            </a>
        ),
    },
    { name: "size", title: t("size"), align: "end", cell: (file) => <bdi>{tellBytes(file.size)}</bdi> },
    { name: "hash", title: "SHA-256", cell: (file) => (file.hash === null ? "–" : <code class="hash">{file.hash}</code>) },
];

export function Files(props: { release: ReleaseRow }) {
    const folder = `/releases/${props.release.number}/files`;
    const asked = useAsked<{ files: FileEntry[] }>(folder);
    const manifest = useText(`${folder}/${MANIFEST}`);
    if (asked.value === null) return asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton lines={6} />;
    const hashes = readManifest(manifest.value ?? "");
    if (props.release.manifest !== null) hashes.set(MANIFEST, props.release.manifest); // its own hash stands in the log
    const others = namedOnly(asked.value.files, hashes);
    const hasChanges = asked.value.files.some((f) => f.name === "changes.csv");
    return (
        <>
            <Check release={props.release} />
            {hasChanges && <Differences release={props.release} path={`${folder}/changes.csv`} />}
            <h3>{t("files")}</h3>
            <Table caption={t("files")} columns={columns(folder)} rows={withHashes(asked.value.files, hashes)} keyOf={(f) => f.name} isDense />
            {others.length > 0 && (
                <details>
                    <summary>{t("files.others", { n: others.length })}</summary>
                    <ul class="release-others">
                        {others.map((name) => (
                            <li key={name}>
                                <bdi>{name}</bdi> <code class="hash">{hashes.get(name)}</code>
                            </li>
                        ))}
                    </ul>
                </details>
            )}
        </>
    );
}

function Check(props: { release: ReleaseRow }) {
    const r = props.release;
    const facts: [string, string | null][] = [
        [t("manifest"), r.manifest],
        [t("root"), r.root],
        [t("rules"), r.rules],
    ];
    return (
        <section>
            <h3>{t("check")}</h3>
            <p>{t("check.says")}</p>
            <pre dir="ltr" tabIndex={0}>
                <code>{"marsad verify-release FOLDER\nsha256sum --check MANIFEST.sha256"}</code>
            </pre>
            <dl class="facts">
                {facts.map(([title, hash]) => (
                    <div key={title} class="is-wide">
                        <dt>{title}</dt>
                        <dd>{hash === null ? "–" : <code class="hash">{hash}</code>}</dd>
                    </div>
                ))}
            </dl>
            <p class="hint">{t("check.rebuild", { line: r.line, program: r.program ?? "–", number: String(r.number) })}</p>
        </section>
    );
}

function Differences(props: { release: ReleaseRow; path: string }) {
    const asked = useText(props.path);
    const r = props.release;
    if (r.before === null) return <p class="hint">{t("changes.first")}</p>;
    if (asked.value === null) return asked.fault !== null ? <FaultNote fault={asked.fault} onRetry={asked.reload} /> : <Skeleton lines={2} />;
    const changes = readChanges(asked.value);
    const counts = countChanges(changes);
    return (
        <section>
            <h3>{t("changes", { number: String(r.before) })}</h3>
            <ul class="release-counts">
                {["added", "changed", "withdrawn"].map((what) => (
                    <li key={what}>
                        <strong>{number(counts[what] ?? 0)}</strong> {t.named("change", what)}
                    </li>
                ))}
            </ul>
            {changes.length > 0 && (
                <details>
                    <summary>{t("changes.rows", { n: changes.length })}</summary>
                    <Table caption={t("changes", { number: String(r.before) })} columns={changeColumns()} rows={changes.slice(0, MOST_CHANGES)} keyOf={(c) => `${c.id}|${c.what}|${c.field}`} isDense />
                    {changes.length > MOST_CHANGES && <p class="hint">{t("changes.part", { n: MOST_CHANGES })}</p>}
                </details>
            )}
        </section>
    );
}

const changeColumns = (): Column<Change>[] => [
    { name: "id", title: t("change.id"), isMain: true, cell: (c) => (c.id.startsWith("I-") ? <a href={href(`/incident/${c.id}`)}>{c.id}</a> : <bdi>{c.id}</bdi>) },
    { name: "what", title: t("change.what"), cell: (c) => t.named("change", c.what) },
    { name: "field", title: t("change.field"), cell: (c) => <bdi>{c.field}</bdi> },
    { name: "old", title: t("change.old"), cell: (c) => <bdi class="release-value">{c.old}</bdi> },
    { name: "new", title: t("change.new"), cell: (c) => <bdi class="release-value">{c.new}</bdi> },
];
