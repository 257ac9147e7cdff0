-- What the company wants to reach, and the reviews in which top management looks at the ISMS.

CREATE TABLE business_objective (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    why_security character varying(2000) NOT NULL,
    owner_id uuid,
    horizon date,
    ended_on date,
    outcome character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    standing character varying(40) NOT NULL,
    why_proposed character varying(2000),
    source character varying(400),
    CONSTRAINT pk_business_objective PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_business_objective_organization_id_number ON business_objective (organization_id, number);

CREATE INDEX ix_business_objective_organization_id_standing_number ON business_objective (organization_id, standing, number);

ALTER TABLE business_objective ENABLE ROW LEVEL SECURITY;
ALTER TABLE business_objective FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON business_objective USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE management_review (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    scheduled_on date NOT NULL,
    chair_id uuid NOT NULL,
    invited text NOT NULL,
    state character varying(40) NOT NULL,
    looks_from date,
    prepared_at timestamp with time zone,
    inputs text,
    inputs_sha256 character varying(64),
    evidence_ref character varying(40),
    held_on date,
    attended text NOT NULL,
    judgement character varying(4000),
    minutes_ref character varying(40),
    approved_by character varying(200),
    approved_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_management_review PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_management_review_organization_id_number ON management_review (organization_id, number);

ALTER TABLE management_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE management_review FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON management_review USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE review_note (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    review_id uuid NOT NULL,
    topic character varying(40) NOT NULL,
    text character varying(4000) NOT NULL,
    by character varying(200) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_review_note PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_review_note_organization_id_review_id ON review_note (organization_id, review_id);

ALTER TABLE review_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_note FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON review_note USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE review_conclusion (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    review_id uuid NOT NULL,
    topic character varying(40) NOT NULL,
    text character varying(4000) NOT NULL,
    by character varying(200) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_review_conclusion PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_review_conclusion_organization_id_review_id_topic ON review_conclusion (organization_id, review_id, topic);

ALTER TABLE review_conclusion ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_conclusion FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON review_conclusion USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE review_decision (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    review_id uuid NOT NULL,
    position integer NOT NULL,
    kind character varying(40) NOT NULL,
    text character varying(300) NOT NULL,
    reason character varying(1000) NOT NULL,
    owner_id uuid,
    due_on date,
    by character varying(200) NOT NULL,
    result_ref character varying(40),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_review_decision PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_review_decision_organization_id_review_id_position ON review_decision (organization_id, review_id, position);

ALTER TABLE review_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON review_decision USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

