-- Reports, alerts, incidents with their timelines and evidence, runs of playbooks, duties to notify.

CREATE TABLE reported_event (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    text character varying(8000) NOT NULL,
    asset_id uuid,
    reported_by_id uuid,
    unnamed boolean NOT NULL,
    receipt_hash character varying(64),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    state character varying(40) NOT NULL,
    incident_id uuid,
    reason character varying(2000),
    decided_by character varying(200),
    decided_at timestamp with time zone,
    CONSTRAINT pk_reported_event PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_reported_event_organization_id_number ON reported_event (organization_id, number);

CREATE INDEX ix_reported_event_organization_id_state_number ON reported_event (organization_id, state, number);

ALTER TABLE reported_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE reported_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON reported_event USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE alert (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    key uuid NOT NULL,
    same_thing uuid NOT NULL,
    source character varying(400) NOT NULL,
    group_key character varying(1000) NOT NULL,
    fingerprint character varying(400) NOT NULL,
    title character varying(300) NOT NULL,
    description character varying(4000),
    level character varying(40),
    labels character varying(16000) NOT NULL,
    link character varying(2000),
    starts_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    state character varying(40) NOT NULL,
    incident_id uuid,
    reason character varying(2000),
    decided_by character varying(200),
    decided_at timestamp with time zone,
    CONSTRAINT pk_alert PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_alert_organization_id_key ON alert (organization_id, key);

CREATE UNIQUE INDEX ix_alert_organization_id_number ON alert (organization_id, number);

CREATE INDEX ix_alert_organization_id_same_thing ON alert (organization_id, same_thing);

CREATE INDEX ix_alert_organization_id_state_number ON alert (organization_id, state, number);

ALTER TABLE alert ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE open_intake (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    secret character varying(100) NOT NULL,
    closed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_open_intake PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_open_intake_organization_id_number ON open_intake (organization_id, number);

ALTER TABLE open_intake ENABLE ROW LEVEL SECURITY;
ALTER TABLE open_intake FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON open_intake USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE incident (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    what character varying(8000) NOT NULL,
    state character varying(40) NOT NULL,
    severity character varying(40) NOT NULL,
    rank integer NOT NULL,
    computed character varying(40) NOT NULL,
    computed_because character varying(4000) NOT NULL,
    set_because character varying(2000),
    lead_id uuid,
    confidentiality boolean NOT NULL,
    integrity boolean NOT NULL,
    availability boolean NOT NULL,
    facts text NOT NULL,
    occurred_at timestamp with time zone,
    detected_at timestamp with time zone NOT NULL,
    aware_at timestamp with time zone NOT NULL,
    triaged_at timestamp with time zone,
    contained_at timestamp with time zone,
    eradicated_at timestamp with time zone,
    recovered_at timestamp with time zone,
    reviewed_at timestamp with time zone,
    closed_at timestamp with time zone,
    no_review_because character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_incident PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_incident_organization_id_number ON incident (organization_id, number);

CREATE INDEX ix_incident_organization_id_rank_number ON incident (organization_id, rank, number);

CREATE INDEX ix_incident_organization_id_state_number ON incident (organization_id, state, number);

ALTER TABLE incident ENABLE ROW LEVEL SECURITY;
ALTER TABLE incident FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON incident USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE timeline_entry (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    position integer NOT NULL,
    at timestamp with time zone NOT NULL,
    kind character varying(40) NOT NULL,
    text character varying(4000) NOT NULL,
    by character varying(200) NOT NULL,
    evidence_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_timeline_entry PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_timeline_entry_organization_id_incident_id_position ON timeline_entry (organization_id, incident_id, position);

ALTER TABLE timeline_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE timeline_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON timeline_entry USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE custody_entry (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    evidence_id uuid NOT NULL,
    position integer NOT NULL,
    at timestamp with time zone NOT NULL,
    "from" character varying(300) NOT NULL,
    "to" character varying(300) NOT NULL,
    purpose character varying(1000) NOT NULL,
    sha256 character varying(64) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_custody_entry PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_custody_entry_organization_id_incident_id_evidence_id_posit ON custody_entry (organization_id, incident_id, evidence_id, position);

ALTER TABLE custody_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE custody_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON custody_entry USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE responder (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    part character varying(80) NOT NULL,
    person_id uuid NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_responder PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_responder_organization_id_incident_id_part ON responder (organization_id, incident_id, part);

ALTER TABLE responder ENABLE ROW LEVEL SECURITY;
ALTER TABLE responder FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON responder USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE incident_review (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    held_on date NOT NULL,
    attendees text NOT NULL,
    story character varying(8000) NOT NULL,
    whys text NOT NULL,
    cause character varying(40) NOT NULL,
    contributing text NOT NULL,
    worked character varying(4000) NOT NULL,
    failed character varying(4000),
    minutes_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_incident_review PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_incident_review_organization_id_incident_id ON incident_review (organization_id, incident_id);

ALTER TABLE incident_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE incident_review FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON incident_review USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE notification_duty (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    incident_id uuid NOT NULL,
    duty_id character varying(80) NOT NULL,
    title character varying(300) NOT NULL,
    source character varying(200) NOT NULL,
    because character varying(4000) NOT NULL,
    state character varying(40) NOT NULL,
    declined_by character varying(200),
    declined_because character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_notification_duty PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_notification_duty_organization_id_incident_id ON notification_duty (organization_id, incident_id);

CREATE UNIQUE INDEX ix_notification_duty_organization_id_number ON notification_duty (organization_id, number);

ALTER TABLE notification_duty ENABLE ROW LEVEL SECURITY;
ALTER TABLE notification_duty FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notification_duty USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE duty_notice (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    notification_id uuid NOT NULL,
    position integer NOT NULL,
    stage character varying(80) NOT NULL,
    title character varying(300) NOT NULL,
    "to" character varying(300) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    draft character varying(20000) NOT NULL,
    written_by character varying(200),
    sent_at timestamp with time zone,
    sent_by character varying(200),
    sent_how character varying(1000),
    evidence_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_duty_notice PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_duty_notice_organization_id_notification_id_position ON duty_notice (organization_id, notification_id, position);

ALTER TABLE duty_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON duty_notice USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE playbook_run (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    playbook_id character varying(80) NOT NULL,
    title character varying(300) NOT NULL,
    exercise boolean NOT NULL,
    incident_id uuid,
    started_at timestamp with time zone NOT NULL,
    lead_id uuid,
    ended_at timestamp with time zone,
    result character varying(8000),
    minutes_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_playbook_run PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_playbook_run_organization_id_incident_id ON playbook_run (organization_id, incident_id);

CREATE UNIQUE INDEX ix_playbook_run_organization_id_number ON playbook_run (organization_id, number);

ALTER TABLE playbook_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE playbook_run FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON playbook_run USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE run_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    position integer NOT NULL,
    key character varying(80) NOT NULL,
    title character varying(1000) NOT NULL,
    phase character varying(40) NOT NULL,
    role character varying(80) NOT NULL,
    due_at timestamp with time zone,
    state character varying(40) NOT NULL,
    by character varying(200),
    at timestamp with time zone,
    text character varying(4000),
    choice character varying(80),
    evidence_id uuid,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_run_item PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_run_item_organization_id_run_id_kind_position ON run_item (organization_id, run_id, kind, position);

ALTER TABLE run_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON run_item USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

