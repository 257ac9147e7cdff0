-- Which imports were taken back.

CREATE TABLE import_undoing (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    entry bigint NOT NULL,
    undone_in bigint NOT NULL,
    because character varying(2000) NOT NULL,
    taken_out integer NOT NULL,
    set_back integer NOT NULL,
    kept integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_import_undoing PRIMARY KEY (organization_id, id)
);

ALTER TABLE import_undoing ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_undoing FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_undoing USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
