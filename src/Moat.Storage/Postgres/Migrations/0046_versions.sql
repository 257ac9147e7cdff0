-- Versions of models and data: exact bytes, what they were made from, and which endpoint served them.

CREATE TABLE asset_version (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    asset_id uuid NOT NULL,
    asset_name character varying(200) NOT NULL,
    name character varying(200) NOT NULL,
    bytes bigint NULL,
    format character varying(100) NULL,
    run character varying(1000) NULL,
    commit character varying(200) NULL,
    location character varying(1000) NULL,
    entered_by character varying(200) NOT NULL,
    state character varying(40) NOT NULL,
    checked character varying(4000) NULL,
    release_note character varying(2000) NULL,
    released_by character varying(200) NULL,
    released_at timestamp with time zone NULL,
    withdrawn_because character varying(2000) NULL,
    withdrawn_by character varying(200) NULL,
    withdrawn_at timestamp with time zone NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_asset_version PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_asset_version_organization_id_asset_id_name ON asset_version (organization_id, asset_id, name);
CREATE INDEX ix_asset_version_organization_id_state_number ON asset_version (organization_id, state, number);
CREATE UNIQUE INDEX ix_asset_version_organization_id_number ON asset_version (organization_id, number);

ALTER TABLE asset_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE asset_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON asset_version USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE version_digest (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    value character varying(160) NOT NULL,
    file character varying(300) NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_version_digest PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_version_digest_organization_id_value ON version_digest (organization_id, value);
CREATE INDEX ix_version_digest_organization_id_version_id ON version_digest (organization_id, version_id);

ALTER TABLE version_digest ENABLE ROW LEVEL SECURITY;
ALTER TABLE version_digest FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON version_digest USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE served_version (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    since timestamp with time zone NOT NULL,
    said_by character varying(200) NOT NULL,
    until timestamp with time zone NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_served_version PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_served_version_organization_id_endpoint_id_since ON served_version (organization_id, endpoint_id, since);
CREATE INDEX ix_served_version_organization_id_version_id ON served_version (organization_id, version_id);

ALTER TABLE served_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE served_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON served_version USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
