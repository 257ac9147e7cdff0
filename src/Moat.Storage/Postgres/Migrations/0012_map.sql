-- The process map counts what flowed between kinds of records and which operations ran, by time.
CREATE INDEX ix_journal_entry_organization_id_at_operation ON journal_entry (organization_id, at, operation);
CREATE INDEX ix_link_organization_id_type_from_kind_to_kind_created_at ON link (organization_id, type, from_kind, to_kind, created_at);
