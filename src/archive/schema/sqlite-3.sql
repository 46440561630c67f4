-- Version 3: news on its way to workers. An outbox is no knowledge: nothing of it is sealed, and an archive is whole without it.

-- Items as they came, not yet read. `given`: what is said of one beside its bytes, a JSON object (docs/queue.md); `bytes`: zstd, `size` of them before. `sent`: when what
-- carries the ids had this one for certain; null: to be sent. Bytes come last, so that the rest of a row is read without them.
CREATE TABLE outbox (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  input TEXT NOT NULL,
  place TEXT NOT NULL,
  line INTEGER NOT NULL,
  size INTEGER NOT NULL,
  queued INTEGER NOT NULL,
  sent INTEGER,
  given TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_unsent ON outbox(key) WHERE sent IS NULL;
CREATE INDEX outbox_queued ON outbox(queued);

-- Those that could not be read, with the reason.
CREATE TABLE dead_letter (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  input TEXT NOT NULL,
  place TEXT NOT NULL,
  line INTEGER NOT NULL,
  size INTEGER NOT NULL,
  queued INTEGER NOT NULL,
  time INTEGER NOT NULL,
  deliveries INTEGER NOT NULL,
  reason TEXT NOT NULL,
  given TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

-- How far each file was put into the outbox (include/marsad_outbox.h).
CREATE TABLE backfill (
  source TEXT NOT NULL PRIMARY KEY,
  filter TEXT NOT NULL,
  size INTEGER NOT NULL,
  position INTEGER NOT NULL,
  items INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
