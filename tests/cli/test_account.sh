#!/usr/bin/env bash
# shellcheck source-path=SCRIPTDIR source=lib.sh disable=SC1091,SC2162 # "run read" is no read
# Accounts and API tokens by the command: who has the file may always let somebody in.
source "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1464739200
unset MARSAD_PERSON

run_with() { # what standard input holds, then the words
    printf '%s' "$1" >in
    shift
    "$MARSAD" "$@" <in >out 2>err
    status=$?
    ran="marsad $*"
}

# --- accounts: added, told, changed, closed
run_with $'correct horse\n' account add Amal --archive a.marsad --roles keeper,coder
expect_status 0
expect_out "added 'Amal'"
expect_silence
run_with 'battery staple' account add karim --archive a.marsad --roles coder --person Amal
expect_status 0
run account add 'لينا' --archive a.marsad --roles verifier,reader --login-code
expect_status 0
expect_out '^login code, once within 15 minutes: [0-9A-Z-]\{24\}$'
run account list --archive a.marsad --output jsonl
expect_lines 3
expect_out '{"name":"Amal","roles":\["coder","keeper"\],"active":1,"created":"2016-06-01T00:00:00Z","last_login":null}'
expect_out '"name":"لينا","roles":\["reader","verifier"\]'
run account list --archive a.marsad
expect_status 0
expect_out 'Amal'
run account change karim --archive a.marsad --roles editor
expect_status 0
run account change karim --archive a.marsad --login-code
expect_out '^login code'
run_with $'another horse\n' account change KARIM --archive a.marsad --password
expect_status 0
run account close karim --archive a.marsad --person Amal
expect_status 0
run account list --archive a.marsad --output jsonl
expect_out '{"name":"karim","roles":\["editor"\],"active":0'
run account change karim --archive a.marsad --open
expect_status 0
run account list --archive a.marsad --output jsonl
expect_out '{"name":"karim","roles":\["editor"\],"active":1'

# --- what is refused, and changes nothing
! on_files || cp a.marsad before.marsad
run_with $'short\n' account add x --archive a.marsad --roles coder
expect_status 2
expect_err 'a password has 10 to 1024 bytes'
run_with '' account add x --archive a.marsad --roles coder
expect_status 2
expect_err 'no password'
run_with "$(head -c 1100 /dev/zero | tr '\0' x)" account add x --archive a.marsad --roles coder
expect_status 2
run_with $'correct horse\n' account add AMAL --archive a.marsad --roles coder
expect_status 2
expect_err "there is an account 'Amal' already"
run_with $'correct horse\n' account add x --archive a.marsad --roles boss
expect_status 2
expect_err "'--roles boss' is no list of roles"
run_with $'correct horse\n' account add x --archive a.marsad
expect_status 2
run account change karim --archive a.marsad
expect_status 2
expect_err 'nothing to change is named'
run account change nobody --archive a.marsad --open
expect_status 2
expect_err "no account 'nobody'"
run account close amal --archive a.marsad
expect_status 2
expect_err 'nobody would be keeper any more'
run account close karim --archive missing.marsad
expect_status 3
! on_files || expect_same a.marsad before.marsad

# --- tokens
run token add amal 'weekly map' --archive a.marsad --scopes read,code --days 7
expect_status 0
expect_out '^T-[0-9a-f]\{16\} marsad_[A-Za-z0-9_-]\{43\}$'
cp out added
id=$(cut -d' ' -f1 added)
run token list --archive a.marsad --output jsonl
expect_out "{\"id\":\"$id\",\"label\":\"weekly map\",\"scopes\":\[\"read\",\"code\"\],\"created\":\"2016-06-01T00:00:00Z\",\"expires\":\"2016-06-08T00:00:00Z\",\"last_used\":null,\"owner\":\"Amal\"}"
run token list karim --archive a.marsad --output jsonl
expect_empty
run token list AMAL --archive a.marsad --output jsonl
expect_lines 1
run token add karim map --archive a.marsad --scopes verify
expect_status 2
expect_err "rights that 'karim' has"
run token add karim map --archive a.marsad --scopes keep
expect_status 2
run token add karim map --archive a.marsad --days 0
expect_status 2
expect_err "'--days 0'"
run token add karim map --archive a.marsad --days 367
expect_status 2
run token add karim map --archive a.marsad --scopes fly
expect_status 2
run token remove "$id" --archive a.marsad --person Amal
expect_status 0
run token remove "$id" --archive a.marsad
expect_status 2
expect_err "no token '$id'"

# --- the log tells who did what, and no secret; the archive is what it was
run log --archive a.marsad --output jsonl
expect_out '"what":"account","subject":"karim","detail":"seal [0-9a-f]* added with roles coder, a password by Amal"'
expect_out 'added with roles coder,keeper, a password by who has the file'
expect_out "\"subject\":\"$id\",\"detail\":\"removed by Amal\""
expect_no_out 'argon2'
expect_no_out 'horse'
expect_no_out "$(cut -d' ' -f2 added | cut -c8-)"
run verify --views --archive a.marsad
expect_status 0
expect_out '^ok:'
expect_silence

# --- at a terminal: asked twice, not shown
cat >ask.py <<'END'
import os, pty, subprocess, sys, time

def ask(name, lines):
    master, slave = pty.openpty()
    child = subprocess.Popen([sys.argv[1], "account", "add", name, "--archive", "a.marsad", "--roles", "coder"],
                             stdin=slave, stdout=slave, stderr=slave, close_fds=True)
    os.close(slave)
    shown = b""
    for prompt, line in zip((b"Password: ", b"again: "), lines):
        while prompt not in shown:
            shown += os.read(master, 1024)
        time.sleep(0.2)  # what is typed before the prompt is dropped
        os.write(master, line)
    while True:
        try:
            part = os.read(master, 1024)
        except OSError:
            break
        if not part:
            break
        shown += part
    print(name, child.wait(), b"secret" in shown, b"added" in shown)

ask("first", (b"secret horse\n", b"secret horse\n"))
ask("second", (b"secret horse\n", b"secret house\n"))
ask("third", (b"secret\x03horse\n",))
END
ran="account add, at a terminal"
python3 ask.py "$MARSAD" >out 2>err
expect_out '^first 0 False True$'
expect_out '^second 2 False False$'
expect_out '^third 2 False False$'
finish
