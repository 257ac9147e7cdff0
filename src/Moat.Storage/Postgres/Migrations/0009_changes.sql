-- Changes of the ISMS, and what others do for it.

CREATE TABLE isms_change (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    planned boolean NOT NULL,
    purpose character varying(4000) NOT NULL,
    must_hold character varying(4000),
    resources character varying(2000),
    responsibilities character varying(2000),
    owner_id uuid,
    starts_on date NOT NULL,
    due_on date,
    state character varying(40) NOT NULL,
    consequences character varying(4000),
    processes text NOT NULL,
    confirmed_by character varying(200),
    confirmed_on date,
    approved_by character varying(200),
    approved_on date,
    happened_on date,
    outcome character varying(4000),
    side_effects character varying(4000),
    mitigation character varying(4000),
    reviewed_by character varying(200),
    reviewed_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_isms_change PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_isms_change_organization_id_number ON isms_change (organization_id, number);

CREATE INDEX ix_isms_change_organization_id_state_number ON isms_change (organization_id, state, number);

ALTER TABLE isms_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE isms_change FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON isms_change USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE outsourced_process (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    kind character varying(40) NOT NULL,
    supplier_id uuid NOT NULL,
    criteria character varying(2000) NOT NULL,
    control_exercised character varying(2000) NOT NULL,
    monitored_by character varying(2000) NOT NULL,
    owner_id uuid,
    review_days integer NOT NULL,
    reviewed_on date,
    finding character varying(4000),
    next_review_on date NOT NULL,
    ended_on date,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_outsourced_process PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_outsourced_process_organization_id_number ON outsourced_process (organization_id, number);

ALTER TABLE outsourced_process ENABLE ROW LEVEL SECURITY;
ALTER TABLE outsourced_process FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outsourced_process USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
