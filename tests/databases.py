"""Archives of tests as databases of PostgreSQL.

Where MARSAD_TEST_POSTGRES names a cluster (the URL of a database of somebody who may make others: tests/cluster/with_postgres), an archive that a test calls by a
name is a database there, made when it is asked for first. Names begin with the test's own, so that tests run side by side.

    python3 tests/databases.py url PREFIX NAME    its URL; the database is made if it is not there
    python3 tests/databases.py remove PREFIX      takes away all of the prefix
    python3 tests/databases.py sql URL STATEMENT  rows, columns parted by '|'
"""
import os
import re
import subprocess
import sys
import urllib.parse

CLUSTER = os.environ.get("MARSAD_TEST_POSTGRES", "")


def are_wanted():
    return CLUSTER != ""


def is_one(archive):
    """Is the archive a database, not a file?"""
    return "://" in archive


def url_of(name):
    return urllib.parse.urlunsplit(urllib.parse.urlsplit(CLUSTER)._replace(path="/" + name))


def sql(url, statements):
    """What the last statement gives: lines, columns parted by '|'."""
    done = subprocess.run(["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--dbname", url, "--command",
                           "SET client_min_messages = warning", "--command", "SET search_path = marsad, public", "--command", statements],
                          capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{statements}: {done.stderr}")
    return done.stdout


def exists(name):
    return sql(CLUSTER, f"SELECT count(*) FROM pg_database WHERE datname = '{name}'").strip() == "1"


def template(prefix):
    """A database with PostGIS, to be copied: that takes a tenth of the time. It sorts as Arabic does, which must change nothing. With zeroblob(), which tests use to spoil bytes."""
    name = f"{prefix}_template"
    if not exists(name):
        sql(CLUSTER, f"CREATE DATABASE \"{name}\" LOCALE_PROVIDER icu ICU_LOCALE 'ar' TEMPLATE template0")
        sql(url_of(name), "CREATE EXTENSION postgis; CREATE FUNCTION public.zeroblob(size bigint) RETURNS bytea LANGUAGE sql AS "
                          "$$ SELECT decode(repeat('00', CAST(size AS integer)), 'hex') $$")
    return name


def make(prefix, name, like=None):
    """The URL of the archive of that name; `like`: the archive that it begins as a copy of."""
    whole = prefix + "_" + re.sub(r"[^a-z0-9]+", "_", name.lower())
    if not exists(whole):
        source = template(prefix) if like is None else urllib.parse.urlsplit(like).path[1:]
        sql(CLUSTER, f'CREATE DATABASE "{whole}" TEMPLATE "{source}"')
    return url_of(whole)


def content(url):
    """All that its tables hold, as text."""
    return subprocess.run(["pg_dump", "--data-only", "--dbname", url], capture_output=True, check=True).stdout


def remove(prefix):
    for name in sql(CLUSTER, f"SELECT datname FROM pg_database WHERE starts_with(datname, '{prefix}_')").split():
        sql(CLUSTER, f'DROP DATABASE "{name}" WITH (FORCE)')


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    if what == "url":
        print(make(*given))
    elif what == "remove":
        remove(*given)
    elif what == "sql":
        sys.stdout.write(sql(*given))
    else:
        sys.exit(__doc__)
