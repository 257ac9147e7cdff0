-- Audits: programmes, audits and their checklists, findings, samples, an auditor's requests.

CREATE TABLE audit_programme (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    audits_a_year integer NOT NULL,
    state character varying(40) NOT NULL,
    adopted_by character varying(200),
    adopted_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_audit_programme PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_audit_programme_organization_id_number ON audit_programme (organization_id, number);

ALTER TABLE audit_programme ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_programme FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_programme USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE programme_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    programme_id uuid NOT NULL,
    requirement character varying(20) NOT NULL,
    weight integer NOT NULL,
    reasons text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_programme_item PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_programme_item_organization_id_programme_id_requirement ON programme_item (organization_id, programme_id, requirement);

ALTER TABLE programme_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE programme_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON programme_item USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE audit (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    extent character varying(4000) NOT NULL,
    requirements text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    period_from date NOT NULL,
    lead_id uuid,
    team text NOT NULL,
    body character varying(200),
    programme_id uuid,
    supplier_id uuid,
    state character varying(40) NOT NULL,
    started_at timestamp with time zone,
    conclusion character varying(8000),
    reported_by character varying(200),
    reported_at timestamp with time zone,
    evidence_ref character varying(40),
    closed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_audit_organization_id_number ON audit (organization_id, number);

CREATE INDEX ix_audit_organization_id_programme_id ON audit (organization_id, programme_id);

ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE audit_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    audit_id uuid NOT NULL,
    position integer NOT NULL,
    requirement character varying(20) NOT NULL,
    result character varying(40) NOT NULL,
    note character varying(8000),
    examined text NOT NULL,
    examined_by character varying(200),
    examined_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_audit_item PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_audit_item_organization_id_audit_id_requirement ON audit_item (organization_id, audit_id, requirement);

ALTER TABLE audit_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_item USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE finding (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    audit_id uuid NOT NULL,
    requirement character varying(20) NOT NULL,
    grade character varying(40) NOT NULL,
    title character varying(300) NOT NULL,
    seen character varying(8000) NOT NULL,
    statement character varying(8000) NOT NULL,
    raised_by character varying(200) NOT NULL,
    raised_by_id uuid,
    state character varying(40) NOT NULL,
    answer character varying(4000),
    answered_by character varying(200),
    answered_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_finding PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_finding_organization_id_audit_id ON finding (organization_id, audit_id);

CREATE UNIQUE INDEX ix_finding_organization_id_number ON finding (organization_id, number);

ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON finding USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE sample (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    audit_id uuid NOT NULL,
    requirement character varying(20) NOT NULL,
    kind character varying(40) NOT NULL,
    of character varying(200),
    period_from date NOT NULL,
    period_to date NOT NULL,
    seed character varying(100) NOT NULL,
    population_size integer NOT NULL,
    population_sha256 character varying(64) NOT NULL,
    population text NOT NULL,
    size integer NOT NULL,
    conclusion character varying(4000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_sample PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_sample_organization_id_audit_id ON sample (organization_id, audit_id);

CREATE UNIQUE INDEX ix_sample_organization_id_number ON sample (organization_id, number);

ALTER TABLE sample ENABLE ROW LEVEL SECURITY;
ALTER TABLE sample FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sample USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE sample_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    sample_id uuid NOT NULL,
    position integer NOT NULL,
    reference character varying(80) NOT NULL,
    title character varying(400) NOT NULL,
    result character varying(40) NOT NULL,
    note character varying(4000),
    examined_by character varying(200),
    examined_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_sample_item PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_sample_item_organization_id_sample_id_position ON sample_item (organization_id, sample_id, position);

ALTER TABLE sample_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE sample_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sample_item USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE audit_request (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    audit_id uuid,
    wanted character varying(4000) NOT NULL,
    requirement character varying(20),
    due_on date NOT NULL,
    asked_by character varying(200) NOT NULL,
    asked_by_id uuid,
    source character varying(400),
    imported_from character varying(240),
    assignee_id uuid,
    state character varying(40) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_audit_request PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_audit_request_organization_id_audit_id ON audit_request (organization_id, audit_id);

CREATE UNIQUE INDEX ix_audit_request_organization_id_number ON audit_request (organization_id, number);

CREATE INDEX ix_audit_request_organization_id_state_assignee_id ON audit_request (organization_id, state, assignee_id);

ALTER TABLE audit_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_request USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE request_note (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    position integer NOT NULL,
    brings character varying(40) NOT NULL,
    text character varying(8000) NOT NULL,
    shown text NOT NULL,
    by character varying(200) NOT NULL,
    by_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_request_note PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_request_note_organization_id_request_id_position ON request_note (organization_id, request_id, position);

ALTER TABLE request_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_note FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON request_note USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

