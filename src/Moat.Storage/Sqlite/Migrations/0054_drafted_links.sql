-- What Moat drafted is a small part of all links, and is counted after each write that may have adopted some.
CREATE INDEX "ix_link_organization_id_source_from_kind" ON "link" ("organization_id", "source", "from_kind") WHERE source IS NOT NULL;
