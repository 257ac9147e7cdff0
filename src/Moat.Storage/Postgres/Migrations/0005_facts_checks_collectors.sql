-- Facts that collectors and programs tell of, checks over them, sources; evidence with population, class and clauses.

CREATE TABLE resource (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    kind character varying(80) NOT NULL,
    told_by character varying(400) NOT NULL,
    external_id character varying(400) NOT NULL,
    key uuid NOT NULL,
    name character varying(400) NOT NULL,
    asset_id uuid,
    sha256 character varying(64) NOT NULL,
    observed_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_resource PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_resource_organization_id_asset_id ON resource (organization_id, asset_id);

CREATE UNIQUE INDEX ix_resource_organization_id_key ON resource (organization_id, key);

CREATE INDEX ix_resource_organization_id_kind_number ON resource (organization_id, kind, number);

CREATE UNIQUE INDEX ix_resource_organization_id_number ON resource (organization_id, number);

ALTER TABLE resource ENABLE ROW LEVEL SECURITY;
ALTER TABLE resource FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON resource USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE resource_fact (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    resource_id uuid NOT NULL,
    observed_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    content text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_resource_fact PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_resource_fact_organization_id_resource_id_observed_at ON resource_fact (organization_id, resource_id, observed_at);

ALTER TABLE resource_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE resource_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON resource_fact USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE received_event (
    organization_id uuid NOT NULL,
    key uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_received_event PRIMARY KEY (organization_id, key)
);

CREATE INDEX ix_received_event_organization_id_at ON received_event (organization_id, at);

ALTER TABLE received_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON received_event USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE check_interval (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    "check" character varying(80) NOT NULL,
    resource_id uuid NOT NULL,
    outcome character varying(40) NOT NULL,
    since bigint NOT NULL,
    until bigint NOT NULL,
    detail character varying(1000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_check_interval PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_check_interval_organization_id_check_until ON check_interval (organization_id, "check", until);

CREATE INDEX ix_check_interval_organization_id_resource_id_until ON check_interval (organization_id, resource_id, until);

ALTER TABLE check_interval ENABLE ROW LEVEL SECURITY;
ALTER TABLE check_interval FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON check_interval USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE own_check (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    resource character varying(80) NOT NULL,
    severity character varying(20) NOT NULL,
    controls text NOT NULL,
    clauses text NOT NULL,
    reads text NOT NULL,
    applies character varying(20000),
    schema character varying(20000) NOT NULL,
    why character varying(2000) NOT NULL,
    fix character varying(8000) NOT NULL,
    retired_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_own_check PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_own_check_organization_id_number ON own_check (organization_id, number);

ALTER TABLE own_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_check FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON own_check USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE check_exception (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    "check" character varying(80) NOT NULL,
    resource_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    reason character varying(2000) NOT NULL,
    "from" date NOT NULL,
    until date NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_check_exception PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_check_exception_organization_id_check_resource_id ON check_exception (organization_id, "check", resource_id);

CREATE UNIQUE INDEX ix_check_exception_organization_id_number ON check_exception (organization_id, number);

ALTER TABLE check_exception ENABLE ROW LEVEL SECURITY;
ALTER TABLE check_exception FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON check_exception USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE collector_source (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    kind character varying(40) NOT NULL,
    settings character varying(8000) NOT NULL,
    secret character varying(20000),
    secret_changed_at timestamp with time zone,
    hook_secret character varying(2000),
    hook_made_at timestamp with time zone,
    every_hours integer NOT NULL,
    paused_at timestamp with time zone,
    next_run_at timestamp with time zone NOT NULL,
    failed_in_a_row integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_collector_source PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_collector_source_organization_id_number ON collector_source (organization_id, number);

ALTER TABLE collector_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE collector_source FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON collector_source USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE collector_run (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    source_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    outcome character varying(40) NOT NULL,
    resources integer NOT NULL,
    discovered integer NOT NULL,
    changed integer NOT NULL,
    gone integer NOT NULL,
    message character varying(2000) NOT NULL,
    missing text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_collector_run PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_collector_run_organization_id_source_id_started_at ON collector_run (organization_id, source_id, started_at);

ALTER TABLE collector_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE collector_run FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON collector_run USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE evidence_item ADD COLUMN population character varying(400);
ALTER TABLE evidence_item ADD COLUMN complete boolean;
ALTER TABLE evidence_item ADD COLUMN classification character varying(40) NOT NULL DEFAULT 'Internal';
ALTER TABLE evidence_item ADD COLUMN clauses text NOT NULL DEFAULT '[]';
