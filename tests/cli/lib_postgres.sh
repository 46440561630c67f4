# shellcheck shell=bash disable=SC2034 # what tests use
# Sourced behind lib.sh by tests that need a cluster of PostgreSQL: that of MARSAD_TEST_CLUSTER, else one of their own.
#
#   database NAME       a new, empty database; its URL is in $URL
#   sql NAME STATEMENT  as the cluster's owner
if [ -z "${MARSAD_TEST_CLUSTER:-}" ]; then
    [ -x "${MARSAD_POSTGRES_PROGRAMS:-/usr/lib/postgresql/15/bin}/initdb" ] || skip "PostgreSQL is not installed"
    "$HERE/../cluster/with_postgres" bash "$HERE/${0##*/}"
    exit
fi

# The name of the cluster's database $1, as user $2 where one is given.
url_of()
{
    local rest=${MARSAD_TEST_CLUSTER#*://}
    [ -z "${2:-}" ] || rest=$2@${rest#*@}
    echo "postgresql://${rest%/*}/$1"
}

sql() { psql -qAtX -v ON_ERROR_STOP=1 -d "$(url_of "$1" "${3:-}")" -c "$2"; }

database()
{
    sql postgres "DROP DATABASE IF EXISTS $1" 2>/dev/null
    sql postgres "CREATE DATABASE $1 TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
    URL=$(url_of "$1")
}
