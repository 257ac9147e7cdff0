-- Where evidence came from and as what it was given; who answers for how a control is done and how far it is in place.

ALTER TABLE evidence_item ADD COLUMN origin character varying(40) NOT NULL DEFAULT 'Unknown';
ALTER TABLE evidence_item ADD COLUMN shown_as character varying(40);
ALTER TABLE control ADD COLUMN answered_by_id uuid;
