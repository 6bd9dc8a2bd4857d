-- Two intents may come to sign the same transaction: a failed one, and a later one after a reorganisation of L1 gave the nonce back.
CREATE TABLE attempts_by_intent (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL,
  key TEXT NOT NULL REFERENCES intents (key),
  nonce INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('call', 'cancel')),
  raw TEXT NOT NULL,
  gas_limit TEXT NOT NULL,
  tip_wei TEXT NOT NULL,
  fee_cap_wei TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (key, hash)
) STRICT;
INSERT INTO attempts_by_intent SELECT * FROM attempts;
DROP TABLE attempts;
ALTER TABLE attempts_by_intent RENAME TO attempts;
CREATE INDEX intents_by_nonce ON intents (chain_id, sender, nonce);
