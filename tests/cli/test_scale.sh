#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run ..." is no read
# What is packed for several machines is right in itself: units, configuration files, keys, figures that are watched; and docs/scale.md shows them as they are.
source "$(dirname "$0")/lib.sh"
DIST=$(realpath "$HERE/../../dist")
EXAMPLES=$DIST/examples

# the page shows the files as they are
ran="docs/scale.md"
python3 - "$HERE/../../docs/scale.md" "$EXAMPLES" >wrong <<'END'
import pathlib, sys
page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
for name in ("nats-server.conf", "nats.conf", "postgresql.conf", "pg_hba.conf", "worker.conf", "archive.conf"):
    if "```\n" + (pathlib.Path(sys.argv[2]) / name).read_text(encoding="utf-8") + "```" not in page:
        print(f"it does not show '{name}' as it is")
END
[ ! -s wrong ] || complain "$(cat wrong)"

# what units ask of their environment is in the examples, and the other way round
ran="units"
for unit in worker@:worker enqueue:enqueue queue-status:status nats:nats; do
    file=$DIST/marsad-${unit%:*}.service example=$EXAMPLES/${unit#*:}.conf
    used=$file
    [ "$unit" != nats:nats ] || used=$EXAMPLES/nats-server.conf
    while IFS='=' read -r name _; do
        case $name in PGPASSWORD) continue ;; esac
        grep -v '^#' "$used" | grep -q "\$[{]\?$name" || complain "'${used##*/}' asks for no $name, which '${example##*/}' gives"
    done < <(grep -v '^#' "$example")
    while read -r name; do
        grep -q "^$name=" "$example" || case $name in CREDENTIALS_DIRECTORY | STATE_DIRECTORY | MAINPID | JS | OPTIONS) ;; *) complain "'${example##*/}' gives no $name, which '${used##*/}' asks for" ;; esac
    done < <(grep -v '^#' "$used" | grep -o '\$[{]\?[A-Z][A-Z_0-9]*' | tr -cd 'A-Z_0-9\n' | sort -u)
done
# those that the page has a shell read
for name in worker enqueue status archive; do
    sh -c 'set -a && . "$1" && printenv ARCHIVE' sh "$EXAMPLES/$name.conf" >out 2>err || complain "a shell cannot read '$name.conf'"
    grep -q '&sslmode=verify-full&sslrootcert=' out || complain "a shell reads another archive in '$name.conf'"
done
# workers that the page starts tell their figures where Prometheus asks
ran="marsad-worker@.service"
ports=$(sed -n 's/^ExecStart=.*:\([0-9]*%i\) .*/\1/p' "$DIST/marsad-worker@.service")
grep -oh 'marsad-worker@[0-9]*' "$DIST"/*.service "$HERE/../../docs/scale.md" | sed 's/.*@//' | grep . | sort -u | while read -r instance; do
    port=${ports/\%i/$instance}
    [ "$port" -gt 1024 ] && [ "$port" -lt 65536 ] || echo "worker $instance has no port: $port"
    grep -q ":$port\"" "$EXAMPLES/prometheus.yml" || echo "nobody asks worker $instance at $port"
done >wrong
[ ! -s wrong ] || complain "$(cat wrong)"
[ -n "$ports" ] || complain "it tells no figures"

# what the server of the archive does with a file of its log: it is kept once; the same again is well, another one is refused
ran="archive_command"
mkdir wal
keep=$(sed -n "s/^archive_command = '\(.*\)'$/\1/p" "$EXAMPLES/postgresql.conf" | sed "s#/var/backups/marsad/wal#$WORK/wal#g; s#%p#segment#g; s#%f#000000010000000000000001#g")
echo one >segment
sh -c "$keep" || complain "it does not keep a file"
expect_same wal/000000010000000000000001 segment
sh -c "$keep" || complain "it does not take the same file again"
echo two >segment
sh -c "$keep" && complain "it takes another file of the same name"
[ "$(cat wal/*)" = one ] || complain "the file is not what it was"
rm -r wal
sh -c "$keep" 2>err && complain "it keeps a file nowhere"

ran="with-queue"
mkdir bin
cat >bin/marsad <<'EOF'
#!/bin/sh
printf '%s\n' "$@" "$PGPASSWORD"
EOF
chmod 755 bin/marsad
PATH=$WORK/bin:$PATH MARSAD_FOLDER=$EXAMPLES "$EXAMPLES/with-queue" enqueue enqueue --resend --replicas 3 >out 2>err || complain "it does not run: $(cat err)"
for word in --resend tls://node1:4222,tls://node2:4222,tls://node3:4222 "$EXAMPLES/enqueue.seed" "the password of marsad_enqueue"; do
    grep -qxF -- "$word" out || complain "it does not hand '$word' over"
done

if command -v systemd-analyze >/dev/null; then
    mkdir units
    for unit in "$DIST"/*.service "$DIST"/*.timer; do
        name=${unit##*/}
        sed 's#/usr/local/bin/[a-z-]*#/bin/true#' "$unit" >"units/${name/@./@1.}" # the programs need not be here
    done
    for unit in units/*; do
        systemd-analyze verify --man=no "./$unit" >err 2>&1 || complain "systemd refuses '${unit##*/}'"
        [ ! -s err ] || complain "systemd has something to say of '${unit##*/}'"
    done
fi

# an authority, and a node's certificate by it, which a second one of the same name replaces; the authority stays
if command -v openssl >/dev/null; then
    ran="certificates"
    "$EXAMPLES/certificates" tls node1=10.0.0.1 node2=10.0.0.2 >out 2>err || complain "it makes none"
    cp tls/ca.pem before.pem
    "$EXAMPLES/certificates" tls node1=10.0.0.9 >out 2>err || complain "it makes none again"
    expect_same tls/ca.pem before.pem
    openssl x509 -in tls/node1.pem -noout -ext subjectAltName >out
    expect_out 'IP Address:10.0.0.9'
    openssl verify -CAfile tls/ca.pem -verify_ip 10.0.0.2 -verify_hostname node2 tls/node2.pem >out 2>err || complain "the certificate is not good for its address"
    openssl verify -CAfile tls/ca.pem -verify_ip 10.0.0.3 tls/node2.pem >out 2>err && complain "the certificate is good for another address"
    [ -z "$(find tls -name '*.key' -perm /077)" ] || complain "others can read a key"

    ran="nkey"
    "$EXAMPLES/nkey" user.seed >public 2>err || complain "it makes no key"
    grep -qx 'U[A-Z2-7]\{55\}' public || complain "this is no public key: $(cat public)"
    grep -qx 'SU[A-Z2-7]\{56\}' user.seed || complain "this is no seed"
    "$EXAMPLES/nkey" user.seed >out 2>err && complain "it writes over a seed"
fi

# what is watched is told by somebody
ran="alerts.yml"
run queue-status --archive a.marsad --output prometheus
run enqueue --archive a.marsad "$HERE/../../samples/reports.jsonl"
expect_status 0
run queue-status --archive a.marsad --output prometheus
expect_status 0
expect_out '^# TYPE marsad_queue_unsent gauge$'
grep -qx 'marsad_queue_unsent [1-9][0-9]*' out || complain "nothing waits in the outbox"
grep -qx 'marsad_queue_dead_letters 0' out || complain "there are dead letters"
grep -o '"marsad_work_[a-z_]*"' "$HERE/../../src/cli/work_metrics.c" | tr -d '"' >told
sed -n 's/.*add(out, "\([a-z_]*\)".*/marsad_queue_\1/p; s/.*\.key = "\([a-z_]*\)".*/marsad_queue_\1/p' "$HERE/../../src/cli/queue_status.c" >>told
ran="alerts.yml"
while read -r name; do
    grep -qx "$name" told || complain "nobody tells '$name'"
done < <(grep -oh 'marsad_\(work\|queue\)_[a-z_]*' "$EXAMPLES/alerts.yml" "$HERE/../../docs/scale.md" | sort -u)
python3 -c 'import yaml' 2>/dev/null && for file in prometheus.yml alerts.yml; do
    python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$EXAMPLES/$file" 2>err || complain "'$file' is no YAML"
done
finish
