-- Cadences, absences, the calendar's addresses, digests and webhooks; tasks that are done for somebody else, noted as overdue or escalated.

CREATE TABLE absence (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    "from" date NOT NULL,
    until date NOT NULL,
    deputy_id uuid NOT NULL,
    hands_over boolean NOT NULL,
    begun_at timestamp with time zone,
    ended_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_absence PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_absence_organization_id_ended_at_until ON absence (organization_id, ended_at, until);

CREATE UNIQUE INDEX ix_absence_organization_id_number ON absence (organization_id, number);

ALTER TABLE absence ENABLE ROW LEVEL SECURITY;
ALTER TABLE absence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON absence USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE cadence (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    what character varying(1000) NOT NULL,
    process character varying(60) NOT NULL,
    requirement character varying(20) NOT NULL,
    every_months integer NOT NULL,
    lead_days integer NOT NULL,
    role_key character varying(80),
    owner_id uuid,
    proofs text NOT NULL,
    next_on date,
    counts_from timestamp with time zone,
    last_met_on date,
    last_proof character varying(300),
    missed_since date,
    retired_at timestamp with time zone,
    retired_because character varying(1000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_cadence PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_cadence_organization_id_number ON cadence (organization_id, number);

CREATE INDEX ix_cadence_organization_id_standing_number ON cadence (organization_id, standing, number);

ALTER TABLE cadence ENABLE ROW LEVEL SECURITY;
ALTER TABLE cadence FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cadence USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE cadence_time (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    cadence_id uuid NOT NULL,
    due_on date NOT NULL,
    outcome character varying(40) NOT NULL,
    met_on date,
    proof character varying(300),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_cadence_time PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_cadence_time_organization_id_cadence_id_due_on ON cadence_time (organization_id, cadence_id, due_on);

ALTER TABLE cadence_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE cadence_time FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cadence_time USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE calendar_address (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    secret_hash character varying(64) NOT NULL,
    everything boolean NOT NULL,
    titles boolean NOT NULL,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_calendar_address PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_calendar_address_organization_id_person_id ON calendar_address (organization_id, person_id);

CREATE UNIQUE INDEX ix_calendar_address_organization_id_secret_hash ON calendar_address (organization_id, secret_hash);

ALTER TABLE calendar_address ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_address FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON calendar_address USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE digest_choice (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    wanted boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_digest_choice PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_digest_choice_organization_id_person_id ON digest_choice (organization_id, person_id);

ALTER TABLE digest_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE digest_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON digest_choice USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE mail_delivery (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    "on" date NOT NULL,
    next_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    attempts integer NOT NULL,
    last_at timestamp with time zone,
    result character varying(1000),
    CONSTRAINT pk_mail_delivery PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_mail_delivery_organization_id_person_id_on ON mail_delivery (organization_id, person_id, "on");

CREATE INDEX ix_mail_delivery_organization_id_state_next_at ON mail_delivery (organization_id, state, next_at);

ALTER TABLE mail_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON mail_delivery USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE webhook (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    url character varying(1000) NOT NULL,
    events text NOT NULL,
    secret character varying(2000),
    secret_made_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    paused_because character varying(1000),
    removed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_webhook PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_webhook_organization_id_number ON webhook (organization_id, number);

ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE webhook_cursor (
    organization_id uuid NOT NULL,
    hook_id uuid NOT NULL,
    next bigint NOT NULL,
    CONSTRAINT pk_webhook_cursor PRIMARY KEY (organization_id, hook_id)
);

ALTER TABLE webhook_cursor ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_cursor FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_cursor USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE webhook_delivery (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    hook_id uuid NOT NULL,
    sequence bigint NOT NULL,
    event character varying(60) NOT NULL,
    subject character varying(80) NOT NULL,
    payload character varying(8000) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    state character varying(40) NOT NULL,
    attempts integer NOT NULL,
    last_at timestamp with time zone,
    result character varying(1000),
    CONSTRAINT pk_webhook_delivery PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_webhook_delivery_organization_id_hook_id_state_created_at ON webhook_delivery (organization_id, hook_id, state, created_at);

CREATE INDEX ix_webhook_delivery_organization_id_state_next_at ON webhook_delivery (organization_id, state, next_at);

ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_delivery USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE work_item ADD COLUMN for_id uuid;
ALTER TABLE work_item ADD COLUMN overdue_since date;
ALTER TABLE work_item ADD COLUMN escalated_to_id uuid;

CREATE INDEX ix_work_item_organization_id_state_due_on ON work_item (organization_id, state, due_on);
CREATE INDEX ix_work_item_organization_id_state_escalated_to_id ON work_item (organization_id, state, escalated_to_id);
CREATE INDEX ix_work_item_organization_id_state_for_id ON work_item (organization_id, state, for_id);
