CREATE TABLE intents (
  key TEXT PRIMARY KEY NOT NULL,
  chain_id INTEGER NOT NULL,
  sender TEXT NOT NULL,
  to_address TEXT NOT NULL,
  data TEXT NOT NULL,
  value_wei TEXT NOT NULL,
  call_hash TEXT NOT NULL,
  gas_limit TEXT,
  deadline_ms INTEGER,
  state TEXT NOT NULL CHECK (state IN ('queued', 'signed', 'sent', 'mined', 'confirmed', 'failed')),
  nonce INTEGER,
  cancel_requested INTEGER NOT NULL,
  receipt TEXT,
  error TEXT,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX intents_by_state ON intents (chain_id, sender, state);

CREATE TABLE attempts (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL REFERENCES intents (key),
  nonce INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('call', 'cancel')),
  raw TEXT NOT NULL,
  gas_limit TEXT NOT NULL,
  tip_wei TEXT NOT NULL,
  fee_cap_wei TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_key ON attempts (key);
