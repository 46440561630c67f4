-- The archive's tables, for SQLite.
--
--   evidence ── article ──┬─ record ── incident ── place
--   (bytes)     │  │      └─ (states, leases, decisions)
--               │  └─ copy_band (near copies), article_words (search)
--               └─ batch, problem, feed (how it came in)
--   log: what happened, each line with the hash of the line before. release, bulletin: what went out. truce_mark, setting: what people said beside records.
--   account ── session, login_code, token: who works with it, and how they come in. attempt: how often they failed to.
--
-- Days count from 1970-01-01. Times are seconds of Unix time. Ids are stable and never used again.
--

PRAGMA application_id = 0x4D525344; -- "MRSD"

-- Original bytes, once, compressed with zstd; never changed.
CREATE TABLE evidence (
  sha256 BLOB PRIMARY KEY CHECK(length(sha256)=32),
  size INTEGER NOT NULL,
  media TEXT NOT NULL,
  stored INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE batch (
  key INTEGER PRIMARY KEY,
  begun INTEGER NOT NULL,
  what TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  problems INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What could not be read, and why.
CREATE TABLE problem (
  key INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL REFERENCES batch(key),
  place TEXT NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

-- `text` is what spans count bytes of, compressed with zstd; last, since what stands behind a long value is far from the row's begin. `chain` is the first of the copies of one text: itself where there is no other.
CREATE TABLE article (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  outlet TEXT NOT NULL,
  given_id TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  published INTEGER,
  evidence BLOB NOT NULL REFERENCES evidence(sha256),
  text_size INTEGER NOT NULL,
  text_sha256 BLOB NOT NULL,
  chain INTEGER NOT NULL REFERENCES article(key) DEFERRABLE INITIALLY DEFERRED,
  signature BLOB NOT NULL,
  batch INTEGER NOT NULL REFERENCES batch(key),
  stored INTEGER NOT NULL,
  reader TEXT NOT NULL,
  note TEXT NOT NULL,
  text BLOB NOT NULL
) STRICT;
CREATE INDEX article_published ON article(published);
CREATE INDEX article_chain ON article(chain);
CREATE INDEX article_evidence ON article(evidence);

-- Bands of the text's signature: texts that share one may be copies. `season` is a stretch of 64 days, -1 without a day of publication: what is written and
-- looked up at one time lies together.
CREATE TABLE copy_band (
  season INTEGER NOT NULL,
  band INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article(key),
  PRIMARY KEY(season, band, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE place (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  country TEXT NOT NULL,
  admin1 TEXT NOT NULL,
  admin2 TEXT NOT NULL,
  feature TEXT NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL
) STRICT;
CREATE VIRTUAL TABLE place_box USING rtree(key, west, east, south, north);

-- A view: made from records. `gone` marks a tombstone, `became` tells where its records went, `seal` (seal.h) covers what cannot be made again.
CREATE TABLE incident (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  first_day INTEGER,
  last_day INTEGER,
  place INTEGER REFERENCES place(key),
  flags INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  chains INTEGER NOT NULL,
  grade INTEGER NOT NULL,
  made INTEGER NOT NULL,
  gone INTEGER,
  became TEXT NOT NULL DEFAULT '',
  seal INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX incident_area ON incident(area, day);
CREATE INDEX incident_day ON incident(day, id) WHERE gone IS NULL;
CREATE INDEX incident_place ON incident(place, day, id, kind, grade, gone) WHERE gone IS NULL;

-- A record as it was read (`body`: docs/archive.md) or as a person mended it.
CREATE TABLE record (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES article(key),
  kind INTEGER NOT NULL,
  modality INTEGER NOT NULL,
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  place INTEGER REFERENCES place(key),
  state INTEGER NOT NULL DEFAULT 0,
  verified INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0,
  incident INTEGER REFERENCES incident(key),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX record_area ON record(area, day);
CREATE INDEX record_article ON record(article);
CREATE INDEX record_incident ON record(incident) WHERE incident IS NOT NULL;
CREATE INDEX record_state ON record(state, day) WHERE state IN (1, 3);
CREATE INDEX record_kind ON record(kind, day);

-- Neighbourhoods whose incidents have to be made again; emptied in the transaction that makes them.
CREATE TABLE stale (
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  PRIMARY KEY(area, day)
) STRICT, WITHOUT ROWID;

-- What people said. Only added to; what is in force is in record.state, record.body and bond. `line` is its line of the log; `detail` a JSON object that tells
-- what it made of the record, and what the record was before (docs/review.md).
CREATE TABLE decision (
  key INTEGER PRIMARY KEY,
  line INTEGER NOT NULL,
  time INTEGER NOT NULL,
  person TEXT NOT NULL,
  what TEXT NOT NULL,
  record TEXT NOT NULL,
  detail TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX decision_record ON decision(record, key);
CREATE TABLE bond (
  record TEXT NOT NULL,
  other TEXT NOT NULL,
  is_merge INTEGER NOT NULL,
  PRIMARY KEY(record, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX bond_other ON bond(other);
CREATE TABLE lease (
  record TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Feeds that are asked again and again. `worked` and `failed`: when last; `newest`: when it last brought an article that was not known; `hold`: not to be asked
-- before, by its server's word. etag and modified: of the answer that was read last.
CREATE TABLE feed (
  key INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  pages INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL,
  worked INTEGER,
  failed INTEGER,
  newest INTEGER,
  next INTEGER NOT NULL,
  hold INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  articles INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  etag TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;

-- Pages that items of a feed link to and that were fetched.
CREATE TABLE feed_page (
  feed INTEGER NOT NULL REFERENCES feed(key),
  url TEXT NOT NULL,
  PRIMARY KEY(feed, url)
) STRICT, WITHOUT ROWID;
CREATE TABLE release (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  profile TEXT NOT NULL,
  title TEXT NOT NULL,
  licence TEXT NOT NULL,
  first_day INTEGER,
  last_day INTEGER,
  log_line INTEGER NOT NULL,
  before INTEGER REFERENCES release(number),
  manifest TEXT NOT NULL,
  incidents INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  rules TEXT NOT NULL,
  program TEXT NOT NULL,
  root BLOB NOT NULL
) STRICT;

-- What people hold a candidate of the truce ledger for. Only added to; in force is the newest of agreement, record and accused. `counted`: by `rule`, then.
CREATE TABLE truce_mark (
  key INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  person TEXT NOT NULL,
  agreement TEXT NOT NULL,
  version TEXT NOT NULL,
  rule TEXT NOT NULL,
  counted INTEGER NOT NULL,
  record TEXT NOT NULL,
  accused TEXT NOT NULL,
  mark TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX truce_mark_of ON truce_mark(agreement, record, accused, key);

-- Bulletins as they were prepared; never changed. `sha256` is of the list of their files; `log_line` and `root` tell the archive that they were made from.
CREATE TABLE bulletin (
  number INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  agreement TEXT NOT NULL,
  rule TEXT NOT NULL,
  languages TEXT NOT NULL,
  profile TEXT NOT NULL,
  cutoff TEXT NOT NULL,
  zone TEXT NOT NULL,
  corrects INTEGER REFERENCES bulletin(number),
  prepared INTEGER NOT NULL,
  prepared_by TEXT NOT NULL,
  log_line INTEGER NOT NULL,
  root BLOB NOT NULL,
  rules TEXT NOT NULL,
  program TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK(length(sha256)=32)
) STRICT;

-- Their bytes, compressed with zstd: text, html, print, and items (what a correction compares).
CREATE TABLE bulletin_file (
  bulletin INTEGER NOT NULL REFERENCES bulletin(number),
  form TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK(length(sha256)=32),
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY(bulletin, form)
) STRICT, WITHOUT ROWID;
CREATE TABLE bulletin_signature (
  bulletin INTEGER PRIMARY KEY REFERENCES bulletin(number),
  time INTEGER NOT NULL,
  person TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  root BLOB NOT NULL
) STRICT;

-- Settings. Only added to; in force is the newest of a name.
CREATE TABLE setting (
  key INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE INDEX setting_name ON setting(name, key);

-- hash = SHA-256 of (hash of the line before, line, time, what, subject, detail).
CREATE TABLE log (
  line INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash BLOB NOT NULL CHECK(length(hash)=32)
) STRICT;
CREATE TABLE stamp (
  key INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES log(line),
  time INTEGER NOT NULL,
  token BLOB NOT NULL
) STRICT;

-- Who works with the archive, under a pseudonym. `folded` is the name as names are compared; `roles` a set of bits (marsad_people.h); `password` Argon2id with
-- its salt, as libsodium writes it, '' for none. An account is closed (active = 0), never deleted: its name stays with what it decided.
CREATE TABLE account (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  roles INTEGER NOT NULL,
  active INTEGER NOT NULL,
  password TEXT NOT NULL,
  must_change INTEGER NOT NULL,
  created INTEGER NOT NULL,
  last_login INTEGER
) STRICT;

-- What lets somebody in is a random secret that only they have; here is its hash. `by_code`: the password need not be known to change it.
CREATE TABLE session (
  secret BLOB PRIMARY KEY CHECK(length(secret)=32),
  account INTEGER NOT NULL REFERENCES account(key),
  made INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  by_code INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session(account);
CREATE TABLE login_code (
  account INTEGER PRIMARY KEY REFERENCES account(key),
  secret BLOB NOT NULL CHECK(length(secret)=32),
  expires INTEGER NOT NULL
) STRICT;
CREATE TABLE token (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES account(key),
  label TEXT NOT NULL,
  scopes INTEGER NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  last_used INTEGER,
  secret BLOB NOT NULL UNIQUE CHECK(length(secret)=32)
) STRICT;
CREATE INDEX token_account ON token(account);

-- Logins that failed, or are being looked at: `who` is a hash, by a key that is thrown away each day, of an address, an account's name, or both.
CREATE TABLE attempt (
  who BLOB PRIMARY KEY CHECK(length(who)=32),
  failures INTEGER NOT NULL,
  last INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE attempt_key (
  made INTEGER NOT NULL,
  secret BLOB NOT NULL CHECK(length(secret)=32)
) STRICT;

-- Search keys of title and text (words.h); the words themselves are in article.text.
CREATE VIRTUAL TABLE article_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0', detail=none);
