-- The journal's tables, version 4. Values are on disk: states and kinds by word, times in milliseconds
-- since 1970, Priority by number. A change here needs a step in migrate.cpp.

-- Messages from outside, untouched, decodable or not. Rejected ones are the quarantine.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  payload BLOB NOT NULL,
  content_type TEXT NOT NULL,
  response_topic TEXT NOT NULL,
  correlation BLOB NOT NULL,
  signature TEXT NOT NULL,
  key_id TEXT NOT NULL,
  retained INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL,          -- new, held, accepted, duplicate, rejected, noted, finished
  reason TEXT NOT NULL,         -- why it was held or rejected: reasons as JSON
  digest BLOB,                  -- SHA-256 of the payload as it came; NULL = it is whole: ask it
  bytes INTEGER,                -- of the payload as it came; NULL = it is whole: ask it
  kept TEXT NOT NULL DEFAULT 'whole'  -- of the payload: whole, cut, hash, dropped
) STRICT;
CREATE INDEX inbox_undecided ON inbox (id) WHERE state IN ('new', 'held');
CREATE INDEX inbox_quarantine ON inbox (topic, id)
  WHERE state = 'rejected' AND kept IN ('whole', 'cut');

-- How much there is of refused payloads, by agency.
CREATE TABLE quarantine (
  agency TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every accepted message's name, once for ever.
CREATE TABLE identities (
  sender TEXT NOT NULL,
  identifier TEXT NOT NULL,
  agency TEXT NOT NULL,
  digest BLOB NOT NULL,         -- SHA-256 of the payload
  alert INTEGER NOT NULL,       -- raised or cancelled by it; 0 = none
  receipt TEXT NOT NULL,        -- as it was sent: said again when the message comes again
  PRIMARY KEY (sender, identifier)
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  family INTEGER NOT NULL,      -- the first alert of a chain of updates
  sender TEXT NOT NULL,
  identifier TEXT NOT NULL,
  sent INTEGER NOT NULL,
  sent_text TEXT NOT NULL,
  agency TEXT NOT NULL,
  code TEXT NOT NULL,
  state TEXT NOT NULL,
  status TEXT NOT NULL,
  msg_type TEXT NOT NULL,
  severity TEXT NOT NULL,
  event TEXT NOT NULL,
  headline TEXT NOT NULL,
  place TEXT NOT NULL,
  priority INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  expires INTEGER,              -- NULL = says none
  ended_at INTEGER,
  recipients INTEGER NOT NULL,
  inbox INTEGER NOT NULL,       -- the evidence
  announced INTEGER NOT NULL,   -- its status is retained at the broker
  proof TEXT NOT NULL,          -- how far it is known to be its agency's own
  body TEXT NOT NULL            -- alert_codec
) STRICT;
CREATE UNIQUE INDEX alerts_identity ON alerts (sender, identifier);
CREATE INDEX alerts_family ON alerts (family);
CREATE INDEX alerts_open ON alerts (expires) WHERE state = 'open';
CREATE INDEX alerts_announced ON alerts (id) WHERE announced = 1;

-- Numbers by which officers name alerts. free_at: when it may be given again (steady); NULL while
-- in use.
CREATE TABLE codes (
  code TEXT PRIMARY KEY,
  alert INTEGER NOT NULL,
  free_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX codes_alert ON codes (alert);
CREATE INDEX codes_resting ON codes (free_at) WHERE free_at IS NOT NULL;
CREATE INDEX codes_short ON codes (code) WHERE length(code) = 4;

CREATE TABLE ladders (
  alert INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  policy TEXT NOT NULL,         -- policy_codec, frozen when accepted
  rule TEXT NOT NULL,
  acks_needed INTEGER NOT NULL,
  tell_when_handled INTEGER NOT NULL,
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  round_started INTEGER NOT NULL,
  next_due INTEGER,
  PRIMARY KEY (alert, ordinal)
) STRICT, WITHOUT ROWID;

-- Deliveries decided on but not yet written out, a chunk of one channel at a time.
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL,
  ladder INTEGER NOT NULL,      -- -1 = belongs to no step
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  channel TEXT NOT NULL,
  priority INTEGER NOT NULL,
  due INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  text TEXT NOT NULL,
  size INTEGER NOT NULL,        -- recipients in it
  recipients BLOB NOT NULL      -- recipient_codec
) STRICT;
CREATE INDEX chunks_channel ON chunks (channel, priority, id);
CREATE INDEX chunks_alert ON chunks (alert);

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL,       -- 0 = a notice that belongs to none
  ladder INTEGER NOT NULL,
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  officer TEXT NOT NULL,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  due INTEGER NOT NULL,         -- steady
  expires INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  fence INTEGER NOT NULL,
  lease_until INTEGER NOT NULL, -- steady
  possible_duplicate INTEGER NOT NULL,
  after_delivery INTEGER,       -- not claimable before that one has ended
  updated INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX deliveries_due ON deliveries (channel, priority, due)
  WHERE state = 'planned' AND after_delivery IS NULL;
CREATE INDEX deliveries_claimed ON deliveries (alert) WHERE state = 'claimed';
CREATE INDEX deliveries_waiting ON deliveries (after_delivery)
  WHERE state = 'planned' AND after_delivery IS NOT NULL;
CREATE INDEX deliveries_address ON deliveries (alert, channel, address);
CREATE INDEX deliveries_officer ON deliveries (officer, alert) WHERE officer <> '';

-- How many deliveries of a step are in which state; kept by the triggers below.
CREATE TABLE tallies (
  alert INTEGER NOT NULL,
  ladder INTEGER NOT NULL,
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (alert, ladder, round, step, kind, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER deliveries_counted AFTER INSERT ON deliveries BEGIN
  INSERT INTO tallies VALUES (new.alert, new.ladder, new.round, new.step, new.kind, new.state, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER deliveries_recounted AFTER UPDATE OF state, kind ON deliveries
WHEN old.state <> new.state OR old.kind <> new.kind BEGIN
  UPDATE tallies SET count = count - 1
    WHERE alert = old.alert AND ladder = old.ladder AND round = old.round AND step = old.step
      AND kind = old.kind AND state = old.state;
  INSERT INTO tallies VALUES (new.alert, new.ladder, new.round, new.step, new.kind, new.state, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- The network's names for what it took, one per part of a message.
CREATE TABLE parts (
  channel TEXT NOT NULL,
  reference TEXT NOT NULL,
  delivery INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (channel, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_delivery ON parts (delivery);

-- Messages of several parts of which only some are known to have arrived; since the last that was told.
CREATE TABLE partly_told (
  delivery INTEGER PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT;
CREATE INDEX partly_told_since ON partly_told (since);

CREATE TABLE acknowledgements (
  seq INTEGER PRIMARY KEY,      -- of its log row
  alert INTEGER NOT NULL,
  officer TEXT NOT NULL,
  answer TEXT NOT NULL,
  via TEXT NOT NULL,
  evidence TEXT NOT NULL,
  at INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  note TEXT NOT NULL,
  salt BLOB NOT NULL            -- the log row carries SHA-256(salt || note)
) STRICT;
CREATE INDEX acknowledgements_alert ON acknowledgements (alert, officer);

CREATE TABLE refused_answers (
  seq INTEGER PRIMARY KEY,      -- of its log row
  channel TEXT NOT NULL,
  via TEXT NOT NULL,
  address TEXT NOT NULL,
  officer TEXT NOT NULL,
  alert INTEGER NOT NULL,
  why TEXT NOT NULL,
  at INTEGER NOT NULL,          -- steady
  answered INTEGER NOT NULL
) STRICT;
CREATE INDEX refused_answers_address ON refused_answers (channel, address, at) WHERE answered = 1;

-- Cancels and Updates that came before what they refer to.
CREATE TABLE pending_ends (
  sender TEXT NOT NULL,
  identifier TEXT NOT NULL,
  agency TEXT NOT NULL,
  status TEXT NOT NULL,         -- of the message: it ends only what has the same
  replaced_by INTEGER NOT NULL, -- the Update, an alert by now; 0 = a Cancel
  own INTEGER NOT NULL,         -- the message's sender is the alert's
  sent INTEGER NOT NULL,
  sent_text TEXT NOT NULL,
  inbox INTEGER NOT NULL,
  PRIMARY KEY (sender, identifier, agency, status, replaced_by)
) STRICT, WITHOUT ROWID;

-- Answers whose signature held, for as long as one can be valid: their bytes count once.
CREATE TABLE signed_answers (
  digest BLOB PRIMARY KEY,      -- SHA-256 of topic, line break, signature
  inbox INTEGER NOT NULL,       -- the first that brought them
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX signed_answers_at ON signed_answers (at);

-- The store's own name and its secrets, made once: `id`, `links`, `checkpoints`; and `links-old`, the
-- key of links that the program before mailed, followed by the last delivery it had, in 8 bytes.
CREATE TABLE keys (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What went wrong with the gateway itself.
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,          -- a channel, an agency, a topic
  detail TEXT NOT NULL,
  since INTEGER NOT NULL,
  last INTEGER NOT NULL,
  count INTEGER NOT NULL,
  ended INTEGER,                -- NULL = it goes on
  told INTEGER NOT NULL,        -- how many of them ops have been told of
  told_at INTEGER               -- when last; NULL = never
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (kind, about) WHERE ended IS NULL;

-- Answer links that take no code for a while.
CREATE TABLE link_locks (
  delivery INTEGER PRIMARY KEY,
  until INTEGER NOT NULL,       -- UTC
  wrong INTEGER NOT NULL        -- codes tried so far
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  correlation BLOB NOT NULL,
  at INTEGER NOT NULL DEFAULT 0 -- when it was written
) STRICT;

-- The log: a row per thing that happened, never changed. leaf = SHA-256(0x00 || entry), log_entry.hpp.
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  alert INTEGER NOT NULL,
  delivery INTEGER NOT NULL,
  officer TEXT NOT NULL,
  detail TEXT NOT NULL,
  leaf BLOB NOT NULL
) STRICT;
CREATE INDEX log_alert ON log (alert, seq) WHERE alert <> 0;
CREATE TRIGGER log_only_grows BEFORE INSERT ON log WHEN new.seq <= (SELECT max(seq) FROM log) BEGIN
  SELECT raise(ABORT, 'the log is append-only');
END;
CREATE TRIGGER log_never_changes BEFORE UPDATE ON log BEGIN
  SELECT raise(ABORT, 'the log is append-only');
END;
CREATE TRIGGER log_never_shrinks BEFORE DELETE ON log BEGIN
  SELECT raise(ABORT, 'the log is append-only');
END;

CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY,     -- rows covered
  root BLOB NOT NULL,
  at INTEGER NOT NULL,
  seal BLOB NOT NULL            -- SHA-256 over the three
) STRICT;
CREATE TRIGGER checkpoints_only_grow BEFORE INSERT ON checkpoints
WHEN new.size <= (SELECT max(size) FROM checkpoints) BEGIN
  SELECT raise(ABORT, 'checkpoints are append-only');
END;
CREATE TRIGGER checkpoints_never_change BEFORE UPDATE ON checkpoints BEGIN
  SELECT raise(ABORT, 'checkpoints are append-only');
END;
CREATE TRIGGER checkpoints_never_shrink BEFORE DELETE ON checkpoints BEGIN
  SELECT raise(ABORT, 'checkpoints are append-only');
END;

-- Where the log ends: enough to go on without reading it.
CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  frontier BLOB NOT NULL,
  checkpoints INTEGER NOT NULL  -- taken so far
) STRICT;
