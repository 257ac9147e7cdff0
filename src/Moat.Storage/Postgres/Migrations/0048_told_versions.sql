-- Versions that sources tell of, and what they tell otherwise than it is known.

ALTER TABLE asset_version ADD COLUMN told_by character varying(80) NULL;
ALTER TABLE asset_version ADD COLUMN reinstated_because character varying(2000) NULL;
ALTER TABLE asset_version ADD COLUMN reinstated_by character varying(200) NULL;
ALTER TABLE asset_version ADD COLUMN reinstated_at timestamp with time zone NULL;

CREATE TABLE told_otherwise (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    source character varying(200) NOT NULL,
    told_by character varying(80) NOT NULL,
    told character varying(4000) NOT NULL,
    since timestamp with time zone NOT NULL,
    until timestamp with time zone NULL,
    ended_because character varying(2000) NULL,
    settled_by character varying(200) NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_told_otherwise PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_told_otherwise_organization_id_version_id ON told_otherwise (organization_id, version_id);

ALTER TABLE told_otherwise ENABLE ROW LEVEL SECURITY;
ALTER TABLE told_otherwise FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON told_otherwise USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
